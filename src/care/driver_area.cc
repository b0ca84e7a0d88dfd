// SPDX-License-Identifier: Apache-2.0
#include "care/driver_area.h"

#include <algorithm>

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {
namespace {

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// Whether a word of `text` begins with `word`; a word of two letters must be the whole.
bool HasWord(const std::string& text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !IsWordByte(text[at - 1]);
    const bool whole = end == text.size() || !IsWordByte(text[end]);
    if (begins && (whole || word.size() > 3)) return true;
  }
  return false;
}

}  // namespace

Result<std::vector<DriverArea>> ShippedAreas() {
  constexpr std::string_view kFile = "care/areas.yaml";
  const auto text = Embedded(kFile);
  if (!text) return Error{Code::kInternal, std::string(kFile), "the areas are not in the program", ""};
  BACKCAST_TRY(const Yaml root, ParseYaml(*text, kFile));
  std::vector<DriverArea> areas;
  for (const Yaml& node : root.Items("areas")) areas.push_back({node.Text("area"), node.Texts("words")});
  return areas;
}

std::string PlainWords(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return "";
  std::string plain(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
  for (char& c : plain) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return plain;
}

std::string AreaOf(std::string_view text, const std::vector<DriverArea>& areas) {
  const std::string plain = PlainWords(text);
  std::string best;
  std::ptrdiff_t most = 0;
  for (const DriverArea& area : areas) {
    const auto found = std::count_if(area.words.begin(), area.words.end(),
                                     [&](const std::string& word) { return HasWord(plain, word); });
    if (found <= most) continue;
    most = found;
    best = area.area;
  }
  return best;
}

std::string IdOf(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::string id;
  for (const char c : PlainWords(text)) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (fits) {
      id += c;
    } else if (!id.empty() && id.back() != '_') {
      id += '_';
    }
    if (id.size() == kMost) break;
  }
  while (!id.empty() && id.back() == '_') id.pop_back();
  return id;
}

}  // namespace backcast
