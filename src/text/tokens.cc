// SPDX-License-Identifier: Apache-2.0
#include "text/tokens.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "base/utf8.h"
#include "text/signs.h"
#include "text/word_key.h"

namespace backcast {
namespace {

constexpr std::size_t kLongestEmoticon = 15;
constexpr std::size_t kLongestMailbox = 64;
constexpr std::size_t kMostJoined = 16;  // pictures in one: the longest in use has eight

bool IsBlank(char c) { return (c == ' ') | (c == '\n') | (c == '\t'); }

// What a byte can be inside a word.
constexpr unsigned kLower = 1, kUpper = 2, kNumeral = 4, kPlain = kLower | kUpper | kNumeral, kJoint = 8,
                   kHigh = 16;
constexpr auto kInWord = [] {
  std::array<std::uint8_t, 256> kinds{};
  for (unsigned c = 'a'; c <= 'z'; ++c) kinds[c] = kLower, kinds[c - 32] = kUpper;
  for (unsigned c = '0'; c <= '9'; ++c) kinds[c] = kNumeral;
  for (const unsigned char c : {'\'', '-', '_'}) kinds[c] = kJoint;
  for (unsigned c = 0x80; c < 0x100; ++c) kinds[c] = kHigh;
  return kinds;
}();

constexpr std::uint64_t kSmall = 0x20 * kEachByte;  // what makes a letter small

char UpperAscii(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

bool StartsWithNoCase(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != lower[i]) return false;
  }
  return true;
}

class Cutter {
 public:
  Cutter(std::string_view text, const Emoticons& emoticons, std::vector<TextToken>& tokens)
      : text_(text), emoticons_(emoticons), tokens_(tokens) {
    FindMail();
  }

  void Run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (IsBlank(c)) {
        ++at_;
      } else if (IsAsciiLetter(c)) {
        Words();
      } else if (static_cast<unsigned char>(c) < 0x80) {
        if (!Special(c)) Ascii(c);
      } else {
        Unicode();
      }
    }
  }

 private:
  char Next(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : ' '; }

  void Put(std::size_t end, TokenKind kind, bool upper = false, bool ascii = true, bool plain = false,
           std::uint64_t key = 0) {
    tokens_.push_back(
        {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end), kind, upper, ascii, plain, key});
    at_ = end;
  }

  void PutWord(std::size_t end, TokenKind kind, bool upper, bool ascii) {
    const std::size_t from = kind == TokenKind::kHashtag ? at_ + 1 : at_;
    Put(end, kind, upper, ascii, false, ascii ? FoldedKey(text_.substr(from, end - from)) : 0);
  }

  /// Words with single blanks between them, the bulk of a text. Most are of less than eight letters, and what
  /// stands behind tells that they are no more than that.
  void Words() {
    do {
      const std::uint64_t eight = EightAt(text_, at_);
      const std::size_t letters = CountLetters(eight);
      if (letters == 8) {
        if (Special(text_[at_])) return;
        LongWord();
      } else {
        const auto after = static_cast<unsigned char>(eight >> 8 * letters);
        if (kInWord[after] != 0) return Special(text_[at_]) ? void() : Word();
        if (MayBeSpecial(eight, static_cast<char>(after)) && Special(text_[at_])) return;
        const std::uint64_t small = kSmall & FirstBytes(letters);
        const std::uint64_t word = (eight & FirstBytes(letters)) | small;
        Put(at_ + letters, TokenKind::kWord, (eight & small) == 0, true, !HasTriple(word, letters), word);
      }
      if (at_ + 1 >= text_.size() || text_[at_] != ' ') return;
      ++at_;
    } while (IsAsciiLetter(text_[at_]));
  }

  void LongWord() {
    bool lower = false, upper = false;
    const std::size_t end = LettersEnd(at_, lower, upper);
    if (end < text_.size() && kInWord[static_cast<unsigned char>(text_[end])] != 0) return Word();
    const std::string_view word = text_.substr(at_, end - at_);
    Put(end, TokenKind::kWord, !lower, true, !HasTriple(word), FoldedKey(word));
  }

  /// False for most letters that Special() is false for: emoticons and addresses go on with some sign.
  bool MayBeSpecial(std::uint64_t eight, char after) const {
    const auto first = static_cast<char>(eight | 0x20U);
    const bool address = ((first == 'h') | (first == 'w')) & ((after == ':') | (after == '.'));
    return (!IsBlank(after) & (after != '\0')) &&
           (address | emoticons_.Starts(text_, at_) | (mail_ <= at_ + kLongestMailbox));
  }

  /// What can begin with any sign.
  bool Special(char c) {
    if (const std::size_t length = emoticons_.At(text_, at_); length > 0) {
      Put(at_ + length, TokenKind::kEmoticon);
      return true;
    }
    if ((c == 'h' || c == 'H' || c == 'w' || c == 'W') && Url()) return true;
    if (at_ > mail_) FindMail();
    return mail_ - at_ <= kLongestMailbox && IsAsciiWord(c) && Email();
  }

  void Ascii(char c) {
    if (IsAsciiDigit(c)) return Number();
    if (c == '@' && IsAsciiWord(Next(1))) return Mention();
    if (c == '#' && Hashtag()) return;
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] == c) ++end;
    Put(end, TokenKind::kPunctuation);
  }

  void Unicode() {
    std::size_t end = at_;
    const Sign sign = SignOf(NextCodePoint(text_, end));
    switch (sign) {
      case Sign::kLetter:
      case Sign::kMark:
        return Word();
      case Sign::kDigit:
        return Number();
      case Sign::kEmoji:
      case Sign::kModifier:
        return Put(EmojiEnd(end), TokenKind::kEmoji, false, false);
      case Sign::kIndicator: {
        std::size_t second = end;
        if (second < text_.size() && SignOf(NextCodePoint(text_, second)) == Sign::kIndicator) end = second;
        return Put(end, TokenKind::kEmoji, false, false);
      }
      case Sign::kBlank:
      case Sign::kHidden:
      case Sign::kJoiner:
        at_ = end;
        return;
      case Sign::kOther:
        return Put(end, TokenKind::kPunctuation, false, false);
    }
  }

  std::size_t EmojiEnd(std::size_t end) const {
    for (std::size_t joined = 0; end < text_.size() && joined < kMostJoined; ++joined) {
      std::size_t next = end;
      Sign sign = SignOf(NextCodePoint(text_, next));
      if (sign == Sign::kJoiner && next < text_.size()) {
        sign = SignOf(NextCodePoint(text_, next));
        if (sign != Sign::kEmoji && sign != Sign::kModifier) break;
      } else if (sign != Sign::kModifier) {
        break;
      }
      end = next;
    }
    return end;
  }

  /// Letters, digits and marks from `end`; apostrophes and hyphens between letters. `lower`, `upper` and
  /// `ascii` say what was seen.
  std::size_t WordEnd(std::size_t end, bool& lower, bool& upper, bool& ascii) const {
    unsigned seen = 0;
    while (end < text_.size()) {
      const auto kind = kInWord[static_cast<unsigned char>(text_[end])];
      seen |= kind;
      if ((kind & kPlain) != 0) {
        ++end;
      } else if (kind == kJoint) {
        const bool joins =
            end + 1 < text_.size() && (kInWord[static_cast<unsigned char>(text_[end + 1])] & ~kJoint) != 0;
        if (!joins) break;
        end += 1;
      } else if (kind == kHigh) {
        const std::size_t next = HighEnd(end, lower, upper);
        if (next == end) break;
        ascii = false;
        end = next;
      } else {
        break;
      }
    }
    lower = lower || (seen & kLower) != 0;
    upper = upper || (seen & kUpper) != 0;
    while (kInWord[static_cast<unsigned char>(text_[end - 1])] == kJoint) --end;
    return end;
  }

  /// Where the ASCII letters from `at` on end.
  std::size_t LettersEnd(std::size_t at, bool& lower, bool& upper) const {
    for (;; at += 8) {
      const std::uint64_t eight = EightAt(text_, at);
      const std::size_t letters = CountLetters(eight);
      const std::uint64_t small = kSmall & FirstBytes(letters);
      lower = lower || (eight & small) != 0;
      upper = upper || (~eight & small) != 0;
      if (letters < 8) return at + letters;
    }
  }

  /// End of the letter, mark or digit at `at` that is no ASCII; `at` when it is none.
  std::size_t HighEnd(std::size_t at, bool& lower, bool& upper) const {
    std::size_t end = at;
    const char32_t code = NextCodePoint(text_, end);
    const Sign sign = SignOf(code);
    if (sign == Sign::kLetter) (IsUpperCase(code) ? upper : lower) = true;
    return sign == Sign::kLetter || sign == Sign::kMark || sign == Sign::kDigit ? end : at;
  }

  void Word() {
    bool lower = false, upper = false, ascii = true;
    const std::size_t end = WordEnd(at_, lower, upper, ascii);
    PutWord(end, TokenKind::kWord, upper && !lower, ascii);
  }

  void Number() {
    std::size_t end = at_;
    bool lower = false, upper = false, ascii = true;
    while (end < text_.size() && IsAsciiDigit(text_[end])) ++end;
    if (end > at_) {
      while (end + 1 < text_.size() && (text_[end] == '.' || text_[end] == ',') &&
             IsAsciiDigit(text_[end + 1])) {
        ++end;
        while (end < text_.size() && IsAsciiDigit(text_[end])) ++end;
      }
    }
    const std::size_t word = WordEnd(std::max(end, at_), lower, upper, ascii);
    if (!lower && !upper && end > at_) return Put(end, TokenKind::kNumber);
    if (lower || upper) return PutWord(std::max(word, end), TokenKind::kWord, upper && !lower, ascii);
    Put(std::max(word, end), TokenKind::kNumber, false, ascii);
  }

  /// An address runs to the next blank, bracket or quote, without the signs that close a sentence.
  bool Url() {
    const std::string_view rest = text_.substr(at_);
    if (!StartsWithNoCase(rest, "http://") && !StartsWithNoCase(rest, "https://") &&
        !(StartsWithNoCase(rest, "www.") && IsAsciiWord(Next(4))))
      return false;
    std::size_t end = at_;
    while (end < text_.size() && !IsBlank(text_[end]) &&
           std::string_view("<>\"").find(text_[end]) == std::string_view::npos)
      ++end;
    while (std::string_view(".,;:!?)'").find(text_[end - 1]) != std::string_view::npos) --end;
    Put(end, TokenKind::kUrl);
    return true;
  }

  void FindMail() {
    mail_ = text_.find('@', std::max(at_, std::size_t{1}));
    while (mail_ != std::string_view::npos && !IsMail(mail_)) mail_ = text_.find('@', mail_ + 1);
  }

  bool IsMail(std::size_t at) const {
    const char before = text_[at - 1];
    return (IsAsciiWord(before) || before == '.' || before == '-') && at + 1 < text_.size() &&
           IsAsciiWord(text_[at + 1]);
  }

  bool Email() {
    std::size_t end = at_;
    const auto local = [](char c) { return IsAsciiWord(c) || c == '.' || c == '+' || c == '-' || c == '%'; };
    while (end < text_.size() && end - at_ <= kLongestMailbox && local(text_[end])) ++end;
    if (end >= text_.size() || text_[end] != '@') return false;
    std::size_t dot = 0;
    const std::size_t domain = ++end;
    while (end < text_.size() && (IsAsciiWord(text_[end]) || text_[end] == '-' || text_[end] == '.')) {
      if (text_[end] == '.' && end > domain && end + 1 < text_.size() && IsAsciiLetter(text_[end + 1]))
        dot = end;
      ++end;
    }
    if (dot == 0) return false;
    while (!IsAsciiWord(text_[end - 1])) --end;
    Put(end, TokenKind::kEmail);
    return true;
  }

  void Mention() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && IsAsciiWord(text_[end])) ++end;
    if (end + 1 < text_.size() && text_[end] == '@' && IsAsciiWord(text_[end + 1])) {
      ++end;
      while (end < text_.size() && (IsAsciiWord(text_[end]) || text_[end] == '.' || text_[end] == '-')) ++end;
      while (!IsAsciiWord(text_[end - 1])) --end;
    }
    Put(end, TokenKind::kMention);
  }

  bool Hashtag() {
    bool lower = false, upper = false, ascii = true;
    std::size_t next = at_ + 1;
    if (next >= text_.size()) return false;
    const Sign sign = text_[next] == '_' ? Sign::kLetter : SignOf(NextCodePoint(text_, next));
    if (sign != Sign::kLetter && sign != Sign::kDigit) return false;
    const std::size_t end = WordEnd(at_ + 1, lower, upper, ascii);
    if (end <= at_ + 1) return false;
    PutWord(end, TokenKind::kHashtag, upper && !lower, ascii);
    return true;
  }

  std::string_view text_;
  const Emoticons& emoticons_;
  std::vector<TextToken>& tokens_;
  std::size_t at_ = 0;
  std::size_t mail_ = 0;  ///< the next at sign with a name on both sides
};

}  // namespace

void Emoticons::Add(std::string_view emoticon) {
  const bool fits = emoticon.size() >= 2 && emoticon.size() <= kLongestEmoticon;
  const bool word = std::all_of(emoticon.begin(), emoticon.end(),
                                [](char c) { return IsAsciiWord(c) || c == '-' || c == '\'' || c == ' '; });
  const bool ascii =
      std::all_of(emoticon.begin(), emoticon.end(), [](char c) { return c > ' ' && c < 0x7F; });
  if (!fits || word || !ascii) return;
  const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), emoticon);
  if (at != sorted_.end() && *at == emoticon) return;
  sorted_.insert(at, std::string(emoticon));
  for (const char first : {emoticon[0], UpperAscii(emoticon[0])}) {
    Start& start = starts_[static_cast<unsigned char>(first)];
    start.lengths = static_cast<std::uint16_t>(start.lengths | (1U << emoticon.size()));
    for (const char second : {emoticon[1], UpperAscii(emoticon[1])})
      start.seconds[second / 64] |= std::uint64_t{1} << (static_cast<unsigned>(second) % 64);
  }
}

std::size_t Emoticons::Longest(std::string_view text, std::size_t at) const {
  const char first = text[at];
  const Start& start = starts_[static_cast<unsigned char>(first)];
  const unsigned lengths = start.lengths;
  const char before = at > 0 ? text[at - 1] : ' ';
  if (IsAsciiWord(first) && IsAsciiWord(before)) return 0;
  const bool bracket = std::string_view("()[]{}|/\\*").find(first) != std::string_view::npos;
  if (bracket && !IsBlank(before)) return 0;
  char lower[kLongestEmoticon + 1];
  for (std::size_t length = std::min(kLongestEmoticon, text.size() - at); length >= 2; --length) {
    if ((lengths & (1U << length)) == 0) continue;
    const std::string_view seen = text.substr(at, length);
    const char after = at + length < text.size() ? text[at + length] : ' ';
    if (IsAsciiWord(seen.back()) && IsAsciiWord(after)) continue;
    if (seen.back() == '/' && after == '/') continue;
    if (std::binary_search(sorted_.begin(), sorted_.end(), seen)) return length;
    for (std::size_t i = 0; i < length; ++i)
      lower[i] = seen[i] >= 'A' && seen[i] <= 'Z' ? static_cast<char>(seen[i] + 32) : seen[i];
    if (std::binary_search(sorted_.begin(), sorted_.end(), std::string_view(lower, length))) return length;
  }
  return 0;
}

void Tokenise(std::string_view text, const Emoticons& emoticons, std::vector<TextToken>& tokens) {
  tokens.clear();
  Cutter(text.substr(0, std::numeric_limits<std::uint32_t>::max()), emoticons, tokens).Run();
}

}  // namespace backcast
