// SPDX-License-Identifier: Apache-2.0
// How header cells and words of different exports are made comparable.
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "ingest/mapping.h"

namespace backcast {
namespace {

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// NFKC with case folding; drops zero-width characters and byte order marks. Text that is no UTF-8 stays as
/// it is.
std::string Fold(std::string_view text) {
  std::string folded(text);
  if (IsAscii(text)) {
    for (char& c : folded) c = LowerAscii(c);
    return folded;
  }
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* form = unorm2_getNFKCCasefoldInstance(&status);
  std::u16string wide(text.size() + 1, u'\0');
  int32_t size = 0;
  u_strFromUTF8(wide.data(), static_cast<int32_t>(wide.size()), &size, text.data(),
                static_cast<int32_t>(text.size()), &status);
  if (U_FAILURE(status)) return folded;
  std::u16string even(static_cast<std::size_t>(size) * 18 + 1, u'\0');
  const int32_t even_size =
      unorm2_normalize(form, wide.data(), size, even.data(), static_cast<int32_t>(even.size()), &status);
  std::string narrow(static_cast<std::size_t>(std::max(even_size, 0)) * 3 + 1, '\0');
  int32_t narrow_size = 0;
  u_strToUTF8(narrow.data(), static_cast<int32_t>(narrow.size()), &narrow_size, even.data(), even_size,
              &status);
  if (U_FAILURE(status)) return folded;
  narrow.resize(static_cast<std::size_t>(narrow_size));
  return narrow;
}

struct Sign {
  std::string_view sign;
  std::string_view code;
};
constexpr std::array<Sign, 12> kSigns = {{{"€", "EUR"},
                                          {"$", "USD"},
                                          {"£", "GBP"},
                                          {"US$", "USD"},
                                          {"CA$", "CAD"},
                                          {"A$", "AUD"},
                                          {"NZ$", "NZD"},
                                          {"MX$", "MXN"},
                                          {"R$", "BRL"},
                                          {"HK$", "HKD"},
                                          {"₹", "INR"},
                                          {"₺", "TRY"}}};

/// Quotes and dashes that one platform sets by language or by mood.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kPlain = {{{"\u2018", "'"},
                                                                                   {"\u2019", "'"},
                                                                                   {"\u201c", "\""},
                                                                                   {"\u201d", "\""},
                                                                                   {"\u201e", "\""},
                                                                                   {"\u00ab", "\""},
                                                                                   {"\u00bb", "\""},
                                                                                   {"\u2010", "-"},
                                                                                   {"\u2011", "-"},
                                                                                   {"\u2013", "-"},
                                                                                   {"\u2014", "-"}}};

/// The currency inside brackets: three capital letters or a sign; empty when it is something else.
std::string CurrencyIn(std::string_view inside) {
  if (inside.size() == 3 &&
      std::all_of(inside.begin(), inside.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
    return std::string(inside);
  }
  for (const Sign& sign : kSigns) {
    if (inside == sign.sign) return std::string(sign.code);
  }
  return "";
}

}  // namespace

std::string FoldText(std::string_view text) {
  std::string folded = Fold(text);
  if (!IsAscii(folded)) {
    for (const auto& [sign, plain] : kPlain) {
      for (std::size_t at = folded.find(sign); at != std::string::npos; at = folded.find(sign, at))
        folded.replace(at, sign.size(), plain);
    }
  }
  std::string result;
  for (const char c : folded) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (c == '/' && !result.empty() && result.back() == ' ') result.pop_back();
    if (!blank)
      result += c;
    else if (!result.empty() && result.back() != ' ' && result.back() != '/')
      result += ' ';
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

HeaderName ReadHeaderName(std::string_view cell) {
  HeaderName header;
  std::string text(cell);
  for (std::size_t open = text.find('('); open != std::string::npos; open = text.find('(', open + 1)) {
    const std::size_t close = text.find(')', open);
    if (close == std::string::npos) break;
    const std::string currency = CurrencyIn(Trim(std::string_view(text).substr(open + 1, close - open - 1)));
    if (currency.empty()) continue;
    header.currency = currency;
    text.erase(open, close - open + 1);
    break;
  }
  header.name = FoldText(text);
  return header;
}

}  // namespace backcast
