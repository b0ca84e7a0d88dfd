// SPDX-License-Identifier: Apache-2.0
// What a code point is, as far as reading posts needs it (Unicode by ICU).
#pragma once

#include <cstdint>

namespace backcast {

enum class Sign : std::uint8_t {
  kBlank,      ///< space, line end
  kLetter,     ///< also ideographs
  kMark,       ///< combining
  kDigit,      ///< decimal digit of any script
  kEmoji,      ///< shown as a picture, or one that can be (❤, ☹)
  kModifier,   ///< skin tone
  kIndicator,  ///< half of a flag
  kJoiner,     ///< ZWJ
  kHidden,     ///< controls, what turns the direction of reading, what takes no room
  kOther,      ///< punctuation, symbols
};

/// Constant time.
Sign SignOf(char32_t code);

/// One code point in lower case, or itself.
char32_t LowerCase(char32_t code);

/// Upper case and not lower.
bool IsUpperCase(char32_t code);

inline bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsAsciiWord(char c) { return IsAsciiLetter(c) || IsAsciiDigit(c) || c == '_'; }

}  // namespace backcast
