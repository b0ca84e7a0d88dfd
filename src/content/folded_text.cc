// SPDX-License-Identifier: Apache-2.0
#include "content/folded_text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <vector>

namespace backcast {
namespace {

/// Bytes of a text that are looked at; no platform lets anybody write more.
constexpr std::size_t kLongest = 1 << 20;

bool IsWordCharacter(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  return u_isalnum(code) != 0 || (U_MASK(u_charType(code)) & U_GC_M_MASK) != 0 || c == U'_';
}

/// Scripts whose words stand side by side without blanks.
bool IsWrittenTogether(char32_t c) {
  UErrorCode fault = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &fault)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return U_SUCCESS(fault) != 0;
    default:
      return false;
  }
}

/// Both characters belong to one word.
bool GoesOn(char32_t edge, char32_t neighbour, bool together_ends) {
  if (!IsWordCharacter(edge) || !IsWordCharacter(neighbour)) return false;
  return !together_ends || !IsWrittenTogether(edge);
}

bool Stands(const std::u32string& text, const std::u32string& phrase, bool together_ends) {
  if (phrase.empty()) return false;
  for (std::size_t at = text.find(phrase); at != std::u32string::npos; at = text.find(phrase, at + 1)) {
    const std::size_t end = at + phrase.size();
    const bool before = at > 0 && GoesOn(phrase.front(), text[at - 1], together_ends);
    const bool after = end < text.size() && GoesOn(phrase.back(), text[end], together_ends);
    if (!before && !after) return true;
  }
  return false;
}

}  // namespace

FoldedText::FoldedText(std::string_view utf8) {
  const std::string text_of_post(utf8.substr(0, kLongest));
  const auto whole = icu::UnicodeString::fromUTF8(icu::StringPiece(text_of_post));
  UErrorCode fault = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(fault);
  const icu::UnicodeString folded = fold == nullptr ? whole : fold->normalize(whole, fault);
  const icu::UnicodeString& text = U_SUCCESS(fault) != 0 ? folded : whole;
  bool blank = true;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    const bool is_blank = u_isUWhiteSpace(c) != 0;
    if (!is_blank) text_ += static_cast<char32_t>(c);
    if (is_blank && !blank) text_ += U' ';
    blank = is_blank;
  }
  if (!text_.empty() && text_.back() == U' ') text_.pop_back();
}

bool FoldedText::HasWords(const FoldedText& phrase) const { return Stands(text_, phrase.text_, true); }

bool FoldedText::HasHashtag(const FoldedText& tag) const {
  if (tag.text_.empty() || tag.text_ == U"#") return false;
  const std::u32string whole = tag.text_.front() == U'#' ? tag.text_ : U"#" + tag.text_;
  return Stands(text_, whole, false);
}

}  // namespace backcast
