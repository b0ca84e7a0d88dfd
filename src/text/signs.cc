// SPDX-License-Identifier: Apache-2.0
#include "text/signs.h"

#include <unicode/uchar.h>

namespace backcast {
namespace {

Sign AsciiSign(char32_t code) {
  if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z')) return Sign::kLetter;
  if (code >= '0' && code <= '9') return Sign::kDigit;
  if (code == ' ' || (code >= '\t' && code <= '\r')) return Sign::kBlank;
  return code < 0x20 || code == 0x7F ? Sign::kHidden : Sign::kOther;
}

/// Signs that ICU counts as letters or symbols and that posts use as pictures.
bool IsPicture(UChar32 code) {
  return code >= 0x203C && (u_hasBinaryProperty(code, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 || code == 0x2661);
}

}  // namespace

Sign SignOf(char32_t code) {
  if (code < 0x80) return AsciiSign(code);
  if (code > 0x10FFFF) return Sign::kOther;
  const auto point = static_cast<UChar32>(code);
  if (code == 0x200D) return Sign::kJoiner;
  switch (u_charType(point)) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
      return Sign::kLetter;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      // Variation selectors and the grapheme joiner choose a look; they are no part of a word.
      return u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 ? Sign::kHidden
                                                                                 : Sign::kMark;
    case U_DECIMAL_DIGIT_NUMBER:
      return Sign::kDigit;
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return Sign::kBlank;
    case U_CONTROL_CHAR:
      return code == 0x85 ? Sign::kBlank : Sign::kHidden;
    case U_FORMAT_CHAR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
      return Sign::kHidden;
    case U_MODIFIER_SYMBOL:
      return code >= 0x1F3FB && code <= 0x1F3FF ? Sign::kModifier : Sign::kOther;
    default:
      if (code >= 0x1F1E6 && code <= 0x1F1FF) return Sign::kIndicator;
      return IsPicture(point) ? Sign::kEmoji : Sign::kOther;
  }
}

char32_t LowerCase(char32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z' ? code + 32 : code;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(code)));
}

bool IsUpperCase(char32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z';
  return u_isupper(static_cast<UChar32>(code)) != 0;
}

}  // namespace backcast
