// SPDX-License-Identifier: Apache-2.0
// Values that a spreadsheet destroyed.
#include <algorithm>
#include <array>

#include "ingest/cells.h"
#include "ingest/date_words.h"

namespace backcast {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool LooksMangled(std::string_view cell) {
  const std::string_view text = Trim(cell);
  if (text.size() < 2 || text.size() > 40) return false;
  static constexpr std::array<std::string_view, 8> kFaults = {"#NAME?", "#REF!",  "#VALUE!", "#DIV/0!",
                                                              "#N/A",   "#NULL!", "#NUM!",   "#SPILL!"};
  if (std::find(kFaults.begin(), kFaults.end(), text) != kFaults.end()) return true;
  if (text.find_first_not_of('#') == text.npos) return text.size() >= 3;
  const std::size_t e = text.find_first_of("Ee");
  if (e != text.npos && e > 0 && e + 2 < text.size() && text[e + 1] == '+') {
    const bool mantissa = text.substr(0, e).find_first_not_of("-0123456789.,") == text.npos;
    const bool exponent = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(e) + 2, text.end(), IsDigit);
    if (mantissa && exponent) return true;
  }
  const std::size_t mark = text.find_first_of(".- ");
  if (mark == text.npos) return false;
  std::string_view left = text.substr(0, mark), right = text.substr(mark + 1);
  if (right.ends_with('.')) right.remove_suffix(1);
  const auto is_short_number = [](std::string_view part) {
    return !part.empty() && part.size() <= 2 && std::all_of(part.begin(), part.end(), IsDigit);
  };
  if (!is_short_number(left)) std::swap(left, right);
  if (!is_short_number(left) || right.size() < 3 || right.size() > 8) return false;
  std::string lower;
  for (const char c : right) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
  const DateWord word = FindDateWord(lower);
  return word.month > 0 || word.mangled;
}

}  // namespace backcast
