// SPDX-License-Identifier: Apache-2.0
// A normalised text cut into what people put into posts. One pass, linear, every look ahead bounded.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace backcast {

enum class TokenKind : std::uint8_t {
  kWord,         ///< letters with digits, marks, inner apostrophes and hyphens: don't, well-made, naïve, 4th
  kNumber,       ///< 12, 3.50, 1,200
  kMention,      ///< @name, @name@server
  kHashtag,      ///< #Word, with its sign
  kUrl,          ///< http://..., https://..., www....
  kEmail,        ///< name@server.tld
  kEmoji,        ///< one picture with its skin tone and what is joined to it, one flag
  kEmoticon,     ///< :-) and whatever else the list holds
  kPunctuation,  ///< one sign, or the same one several times: "!!!"
};

/// Bytes [from, to) of the normalised text.
struct TextToken {
  std::uint32_t from = 0, to = 0;
  TokenKind kind = TokenKind::kWord;
  bool upper = false;  ///< a word with a letter in upper case and none in lower case
  bool ascii = true;
  bool plain = false;     ///< nothing but ASCII letters, none of them three times in a row
  std::uint64_t key = 0;  ///< of a word or hashtag of ASCII: FoldedKey() of it without the sign; else 0

  std::string_view In(std::string_view text) const { return text.substr(from, to - from); }
};

/// The emoticons to look for: those of at least two and at most 15 ASCII characters that are no plain word.
class Emoticons {
 public:
  /// One in lower case is found in upper case too.
  void Add(std::string_view emoticon);
  /// Length of the longest one at `at`, or 0. It may not cut a word or a number in two, and one that begins
  /// with a bracket stands behind a blank.
  std::size_t At(std::string_view text, std::size_t at) const {
    return Starts(text, at) ? Longest(text, at) : 0;
  }

  /// Whether one begins with the two signs at `at`.
  bool Starts(std::string_view text, std::size_t at) const {
    if (at + 1 >= text.size()) return false;
    const auto first = static_cast<unsigned char>(text[at]),
               second = static_cast<unsigned char>(text[at + 1]);
    return first < 0x80 && second < 0x80 && (starts_[first].seconds[second / 64] >> second % 64 & 1U) != 0;
  }

 private:
  std::size_t Longest(std::string_view text, std::size_t at) const;

  struct Start {
    std::uint16_t lengths = 0;          ///< bit n: one of n bytes begins so
    std::uint64_t seconds[2] = {0, 0};  ///< bit c: one goes on with c
  };
  Start starts_[128] = {};
  std::vector<std::string> sorted_;
};

/// Replaces `tokens` by those of `text`, which Normalise() wrote. Only its first 4 GiB are read.
void Tokenise(std::string_view text, const Emoticons& emoticons, std::vector<TextToken>& tokens);

}  // namespace backcast
