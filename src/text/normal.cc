// SPDX-License-Identifier: Apache-2.0
#include "text/normal.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <array>
#include <cstdint>
#include <utility>

#include "base/utf8.h"
#include "text/signs.h"
#include "text/word_key.h"

namespace backcast {
namespace {

constexpr int kMostMarks = 4;
constexpr std::size_t kLongestReference = 10;  // "&#1114111;"

/// Printable ASCII that begins no reference.
bool IsPrintable(char c) { return c >= ' ' && c < 0x7F && c != '&'; }

/// Where printable ASCII from `at` on ends. Eight bytes at a time, where none of them is near the edge.
std::size_t PrintableEnd(std::string_view text, std::size_t at) {
  for (; at + 8 <= text.size(); at += 8) {
    const std::uint64_t bytes = EightAt(text, at);
    const std::uint64_t odd =
        bytes | (bytes + kEachByte) | (bytes - ' ' * kEachByte) | ((bytes ^ '&' * kEachByte) - kEachByte);
    if ((odd & kHighBits) != 0) break;
  }
  while (at < text.size() && IsPrintable(text[at])) ++at;
  return at;
}

/// Printable ASCII and line ends, without a reference.
bool IsPlain(std::string_view text) {
  std::size_t at = PrintableEnd(text, 0);
  while (at < text.size() && (text[at] == '\n' || text[at] == '\t')) at = PrintableEnd(text, at + 1);
  return at == text.size();
}

char32_t NumericReference(std::string_view digits) {
  const bool hex = !digits.empty() && (digits[0] == 'x' || digits[0] == 'X');
  if (hex) digits.remove_prefix(1);
  if (digits.empty()) return 0;
  char32_t code = 0;
  for (const char c : digits) {
    int digit = -1;
    if (c >= '0' && c <= '9') digit = c - '0';
    if (hex && c >= 'a' && c <= 'f') digit = c - 'a' + 10;
    if (hex && c >= 'A' && c <= 'F') digit = c - 'A' + 10;
    if (digit < 0) return 0;
    code = code * (hex ? 16 : 10) + static_cast<char32_t>(digit);
    if (code > 0x10FFFF) return kReplacementCharacter;
  }
  return code == 0 || (code >= 0xD800 && code < 0xE000) ? kReplacementCharacter : code;
}

/// The character that a reference at `at` stands for, and `at` behind it; 0 when there is none.
char32_t Reference(std::string_view text, std::size_t& at) {
  const std::size_t end = text.substr(at, kLongestReference).find(';');
  if (end == std::string_view::npos || end < 3) return 0;
  const std::string_view name = text.substr(at + 1, end - 1);
  static constexpr std::array<std::pair<std::string_view, char32_t>, 6> kNames = {
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}}};
  char32_t code = name[0] == '#' ? NumericReference(name.substr(1)) : 0;
  for (const auto& [known, meant] : kNames) {
    if (name == known) code = meant;
  }
  if (code != 0) at += end + 1;
  return code;
}

/// References resolved, hidden signs out, apostrophes straight.
class Cleaner {
 public:
  explicit Cleaner(std::string& out) : out_(out) {}

  void AddPrintable(std::string_view run) {
    out_ += run;
    joiner_ = after_picture_ = false;
    marks_ = 0;
  }

  void Add(char32_t code) {
    const Sign sign = SignOf(code);
    if (sign == Sign::kJoiner) {
      joiner_ = after_picture_;
      return;
    }
    if (sign == Sign::kHidden) {
      if (code < 0x20 || code == 0x7F) out_ += ' ';
      return;  // a picture stays a picture behind its variation selector
    }
    const bool picture = sign == Sign::kEmoji || sign == Sign::kModifier;
    if (joiner_ && picture) AppendUtf8(0x200D, out_);
    joiner_ = false;
    after_picture_ = picture;
    marks_ = sign == Sign::kMark ? marks_ + 1 : 0;
    if (marks_ > kMostMarks) return;
    if (sign == Sign::kBlank) {
      out_ += code == '\n' || code == 0x2028 || code == 0x2029 ? '\n' : ' ';
    } else if (code == 0x2019 || code == 0x2018 || code == 0x02BC || code == 0x00B4) {
      out_ += '\'';
    } else {
      AppendUtf8(code, out_);
    }
  }

 private:
  std::string& out_;
  int marks_ = 0;
  bool joiner_ = false, after_picture_ = false;
};

/// NFKC by ICU. What is normal already is only looked at.
void Compose(std::string& text) {
  static const icu::Normalizer2* const normal = [] {
    UErrorCode fault = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCInstance(fault);
  }();
  if (normal == nullptr || text.size() > INT32_MAX) return;
  UErrorCode status = U_ZERO_ERROR;
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  if (normal->isNormalizedUTF8(piece, status) != 0 || U_FAILURE(status)) return;
  std::string composed;
  icu::StringByteSink<std::string> sink(&composed);
  normal->normalizeUTF8(0, piece, sink, nullptr, status);
  if (U_SUCCESS(status)) text = std::move(composed);
}

}  // namespace

std::string_view Normalise(std::string_view text, std::string& room) {
  if (IsPlain(text)) return text;
  room.clear();
  Cleaner cleaner(room);
  bool ascii = true;
  for (std::size_t at = 0; at < text.size();) {
    if (IsPrintable(text[at])) {
      const std::size_t from = at;
      at = PrintableEnd(text, from);
      cleaner.AddPrintable(text.substr(from, at - from));
      continue;
    }
    char32_t code = text[at] == '&' ? Reference(text, at) : 0;
    if (code == 0) code = NextCodePoint(text, at);
    ascii = ascii && code < 0x80;
    cleaner.Add(code);
  }
  if (!ascii) Compose(room);
  return room;
}

}  // namespace backcast
