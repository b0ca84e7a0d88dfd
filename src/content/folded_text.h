// SPDX-License-Identifier: Apache-2.0
// A caption as rules of themes see it. Comes in: UTF-8 of any content; goes out: whether a word is in it.
#pragma once

#include <string>
#include <string_view>

namespace backcast {

/// Case, width, ligatures and invisible characters folded away (Unicode NFKC_Casefold), runs of blanks and
/// line breaks made one blank. Bytes that are no UTF-8 become U+FFFD, which no rule asks for.
class FoldedText {
 public:
  explicit FoldedText(std::string_view utf8);

  /// Whether `phrase` stands in the text as whole words: "dog" is in "Dog's day" and not in "hotdog". At an
  /// edge of the phrase that is written without blanks between words (Han, Kana, Thai, Lao, Khmer, Burmese)
  /// any neighbour will do. An empty phrase is nowhere.
  bool HasWords(const FoldedText& phrase) const;
  /// The same of a hashtag, with or without its "#": the whole tag, never the beginning of a longer one.
  bool HasHashtag(const FoldedText& tag) const;
  /// Equal after folding.
  bool operator==(const FoldedText&) const = default;

 private:
  std::u32string text_;
};

}  // namespace backcast
