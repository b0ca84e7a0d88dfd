// SPDX-License-Identifier: Apache-2.0
// One pass from left to right over an ASCII skeleton of the text; every look ahead or back is bounded.
#include "text/masking.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/utf8.h"
#include "text/chunks.h"
#include "text/private_number.h"
#include "text/signs.h"

namespace backcast {
namespace {

constexpr std::size_t kFewDigits = 8;
constexpr std::size_t kLongestLocal = 128;
constexpr char kIdeograph = '\x01';  // a letter of a script that may stand against a number without a blank
constexpr char kOther = '\x02';

bool IsLocal(char c) {
  return IsAsciiWord(c) || c == '.' || c == '%' || c == '+' || c == '-' || c == '\'' || c == kIdeograph;
}
bool IsDomain(char c) {
  return IsAsciiDigit(c) || IsAsciiLetter(c) || c == '.' || c == '-' || c == kIdeograph;
}
bool IsName(char c) { return IsAsciiDigit(c) || IsAsciiLetter(c) || c == kIdeograph; }

/// The ASCII sign that does the same work; '\0' for what is not seen.
char Plain(char32_t code) {
  if (code < 0x80) return static_cast<char>(code);
  if (code >= 0xFF01 && code <= 0xFF5E) return static_cast<char>(code - 0xFEE0);  // full width
  const auto point = static_cast<UChar32>(code);
  switch (SignOf(code)) {
    case Sign::kHidden:
    case Sign::kJoiner:
      return '\0';
    case Sign::kBlank:
      return ' ';
    case Sign::kDigit:
      return static_cast<char>('0' + u_charDigitValue(point));
    case Sign::kMark:
      return 'x';
    case Sign::kLetter:
      return u_charType(point) == U_OTHER_LETTER ? kIdeograph : 'x';
    default:
      break;
  }
  if (code == 0xFE6B) return '@';
  if (code == 0x3002 || code == 0xFF61) return '.';
  return u_charType(point) == U_DASH_PUNCTUATION || code == 0x2212 ? '-' : kOther;
}

/// The text with one ASCII byte for every code point that is seen.
class Skeleton {
 public:
  explicit Skeleton(std::string_view text) : text_(text), signs_(text) {
    const auto odd = [](char c) { return static_cast<signed char>(c) < 0x20 && c != '\n' && c != '\t'; };
    if (std::none_of(text.begin(), text.end(), odd)) return;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t from = at;
      const char32_t code = NextCodePoint(text, at);
      const char sign = code < 0x20 && code != '\n' && code != '\t' && code != '\r' ? '\0' : Plain(code);
      if (sign == '\0') continue;
      room_ += sign;
      places_.push_back(from);
    }
    places_.push_back(text.size());
    signs_ = room_;
  }
  Skeleton(const Skeleton&) = delete;
  Skeleton& operator=(const Skeleton&) = delete;

  std::string_view signs() const { return signs_; }
  /// Where in the text a sign begins; of the end its end.
  std::size_t Place(std::size_t sign) const { return places_.empty() ? sign : places_[sign]; }
  std::string_view text() const { return text_; }

 private:
  std::string_view text_, signs_;
  std::string room_;
  std::vector<std::size_t> places_;
};

/// End of the domain that begins at `at`, or `at` when there is none with a dot and a name behind it.
std::size_t DomainEnd(std::string_view text, std::size_t at) {
  std::size_t end = at;
  bool dotted = false;
  while (end < text.size() && IsDomain(text[end])) {
    // "example.com" may stand against the next word of a script without blanks.
    if (text[end] == kIdeograph && dotted && IsAsciiLetter(text[end - 1])) break;
    dotted = dotted || text[end] == '.';
    ++end;
  }
  while (end > at && !IsName(text[end - 1])) --end;
  const std::string_view domain = text.substr(at, end - at);
  const std::size_t dot = domain.rfind('.');
  if (dot == domain.npos || dot == 0) return at;
  const std::string_view top = domain.substr(dot + 1);
  const bool ideographs = top.find(kIdeograph) != top.npos;
  const bool letters = std::any_of(top.begin(), top.end(), IsAsciiLetter);
  return ideographs || (letters && top.size() >= 2) ? end : at;
}

class Masker {
 public:
  Masker(const Skeleton& skeleton, const MaskRules& rules)
      : skeleton_(skeleton), text_(skeleton.signs()), rules_(rules) {}

  /// Whether anything was masked.
  bool Run() {
    std::size_t at = 0;
    while (at < text_.size()) at = Step(at);
    Keep(text_.size());
    return masked_;
  }
  std::string Take() { return std::move(out_); }

 private:
  std::size_t Step(std::size_t at) {
    const char c = text_[at];
    if (c == '@') return AtSign(at);
    if (rules_.url && (c == 'h' || c == 'H' || c == 'w' || c == 'W')) {
      if (const std::size_t end = UrlEnd(at); end > at) return Replace(at, end, "[link]");
    }
    const bool digit = IsAsciiDigit(c);
    if (digit || c == '+' || c == '(' || (c >= 'A' && c <= 'Z')) {
      std::size_t end = at;
      const PrivateNumber number = PrivateNumberAt(text_, kept_, at, end);
      const bool mail = end < text_.size() && text_[end] == '@';
      if (number == PrivateNumber::kPhone && rules_.phone && !mail) return Replace(at, end, "[phone]");
      if (number == PrivateNumber::kAccount && rules_.account && !mail) return Replace(at, end, "[number]");
    }
    // Behind a number that stays: nothing inside its run of digits may begin another one.
    std::size_t next = at + 1;
    while (digit && next < text_.size() && IsAsciiDigit(text_[next])) ++next;
    if (!IsLocal(c)) local_ = next;
    return next;
  }

  std::size_t AtSign(std::size_t at) {
    const std::size_t end = DomainEnd(text_, at + 1);
    const std::size_t begin = LocalBegin(at);
    const bool server = begin > 0 && text_[begin - 1] == '@' && begin - 1 >= kept_;  // @name@server
    if (end > at + 1 && begin < at) {
      if (server && rules_.handle) return Replace(begin - 1, end, "[handle]");
      if (rules_.email) return Replace(begin, end, "[e-mail]");
    }
    std::size_t name = at + 1;
    while (name < text_.size() && (IsAsciiWord(text_[name]) || text_[name] == kIdeograph)) ++name;
    const bool more = name < text_.size() && text_[name] == '@' && DomainEnd(text_, name + 1) > name + 1;
    if (rules_.handle && begin == at && name > at + 1)
      return Replace(at, more ? DomainEnd(text_, name + 1) : name, "[handle]");
    local_ = at + 1;
    return at + 1;
  }

  /// Where the name before an at sign begins. Ideographs before a name in Latin letters are the sentence.
  std::size_t LocalBegin(std::size_t at) const {
    std::size_t begin = std::max(local_, kept_);
    if (at > begin && text_[at - 1] != kIdeograph) {
      const std::size_t least = std::max(begin, at > kLongestLocal ? at - kLongestLocal : 0);
      std::size_t latin = at;
      while (latin > least && text_[latin - 1] != kIdeograph) --latin;
      begin = latin > least ? latin : begin;
    }
    while (begin < at && (text_[begin] == '.' || text_[begin] == '-' || text_[begin] == '\'')) ++begin;
    return begin;
  }

  std::size_t UrlEnd(std::size_t at) const {
    static constexpr std::string_view kStarts[] = {"http://", "https://", "www."};
    for (const std::string_view start : kStarts) {
      if (text_.size() - at <= start.size()) continue;
      const bool here =
          std::equal(start.begin(), start.end(), text_.begin() + static_cast<std::ptrdiff_t>(at),
                     [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
      if (!here) continue;
      std::size_t end = at;
      while (end < text_.size() && std::string_view(" \n\t\r<>\"").find(text_[end]) == std::string_view::npos)
        ++end;
      return end;
    }
    return at;
  }

  void Keep(std::size_t to) {
    const std::size_t from = skeleton_.Place(kept_);
    out_.append(
        skeleton_.text().substr(kept_ == 0 ? 0 : from, skeleton_.Place(to) - (kept_ == 0 ? 0 : from)));
  }

  std::size_t Replace(std::size_t from, std::size_t to, std::string_view mark) {
    Keep(from);
    out_ += mark;
    masked_ = true;
    kept_ = local_ = to;
    return to;
  }

  const Skeleton& skeleton_;
  std::string_view text_;
  MaskRules rules_;
  std::string out_;
  bool masked_ = false;
  std::size_t kept_ = 0;   // text before it is in `out_`
  std::size_t local_ = 0;  // where the run of characters of a mailbox name begins
};

}  // namespace

bool MayHoldPrivate(std::string_view text, const MaskRules& rules) {
  if (std::memchr(text.data(), '@', text.size()) != nullptr) return true;
  if (rules.url &&
      (text.find("://") != text.npos || text.find("www.") != text.npos || text.find("WWW.") != text.npos))
    return true;
  std::size_t digits = 0;
  for (const char c : text) digits += IsAsciiDigit(c) || static_cast<unsigned char>(c) >= 0xC0;
  return digits >= kFewDigits || text.find("\xEF\xBC\xA0") != text.npos ||
         text.find("\xEF\xB9\xAB") != text.npos;
}

std::string MaskPrivate(std::string_view text, const MaskRules& rules) {
  if (text.empty() || !MayHoldPrivate(text, rules)) return std::string(text);
  // What stands behind a number decides whether it is one, and may itself be masked:
  // "...2671,415@example.com".
  constexpr int kMostTimes = 8;
  std::string masked(text);
  for (int time = 0; time < kMostTimes; ++time) {
    const Skeleton skeleton(masked);
    Masker masker(skeleton, rules);
    if (!masker.Run()) break;
    masked = masker.Take();
  }
  return masked;
}

TextColumn MaskTexts(const Texts& texts, const MaskRules& rules, int threads) {
  std::vector<TextColumn> parts(ChunkCount(texts.size()));
  ForChunks(texts.size(), threads, [&] {
    return [&](std::size_t chunk, std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) parts[chunk].Add(MaskPrivate(texts[i], rules));
    };
  });
  TextColumn all;
  for (const TextColumn& part : parts) {
    for (std::size_t i = 0; i < part.size(); ++i) all.Add(part.view()[i]);
  }
  return all;
}

}  // namespace backcast
