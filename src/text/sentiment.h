// SPDX-License-Identifier: Apache-2.0
// How a short text feels: words weighed by a lexicon, turned and strengthened by what stands around them.
// The rules are those of C. J. Hutto, E. Gilbert, VADER, ICWSM 2014; docs/text.md says where ours differ.
// English, as far as the lexicon is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/lexicon.h"
#include "text/tokens.h"

namespace backcast {

/// compound in [-1, 1], rounded to four digits, 0 for a text in which nothing weighs. The shares of positive,
/// negative and neutral words sum to 1, or are all 0 for a text without words.
struct Sentiment {
  double compound = 0, positive = 0, negative = 0, neutral = 0;
  int weighed = 0;  ///< words that had a valence
};

/// The usual cut: from 0.05 on positive, from -0.05 down negative, neutral between.
inline constexpr double kSentimentCut = 0.05;

/// Scores one text after another and keeps its memory. Not thread-safe; make one per thread. The lexicon
/// outlives it.
class SentimentScorer {
 public:
  explicit SentimentScorer(const Lexicon& lexicon) : lexicon_(&lexicon) {}

  /// `normal` and its tokens as Normalise() and Tokenise() gave them. Linear in their number.
  Sentiment Score(std::string_view normal, const std::vector<TextToken>& tokens);

 private:
  /// A token that may matter: a sign, or a word that may mean something, also together with the one before.
  struct Candidate {
    std::uint32_t token = 0;
    std::uint32_t before = 0;  ///< token of the word before
    std::uint32_t place = 0;   ///< words before it
    bool joins = false;        ///< some phrase may have it behind the word before
  };
  /// A word that means something.
  struct Item {
    const LexiconEntry* entry = nullptr;
    double valence = 0;
    std::uint32_t token = 0, place = 0;
    std::uint32_t sentence = 0;  ///< place of its first word
    bool upper = false;
    bool sign = false;  ///< emoji or emoticon: nothing turns it
    bool part = false;  ///< of a hashtag
  };
  void Choose(std::string_view normal, const std::vector<TextToken>& tokens);
  void Read(std::string_view normal, const std::vector<TextToken>& tokens);
  void Push(std::string_view normal, const TextToken& token, const Item& item);
  std::uint32_t PushParts(std::string_view normal, const TextToken& token, Item item);
  const LexiconEntry* EntryOf(const TextToken& token, std::string_view written);
  const LexiconEntry* OtherForm(TokenKind kind, std::string_view written, std::string_view key);
  const LexiconEntry* Squeezed(std::string_view key) const;
  void JoinPhrases(std::string_view normal, const std::vector<TextToken>& tokens);
  std::size_t PhraseAt(std::size_t at, std::string_view normal, const std::vector<TextToken>& tokens);
  double ValenceOf(std::size_t at) const;
  const Item* Before(std::size_t at, std::size_t back) const;
  const Item* Next(std::size_t at) const;
  Sentiment Sum() const;

  const Lexicon* lexicon_;
  std::string key_;
  std::vector<Candidate> candidates_;  ///< as many as `chosen_` count
  std::vector<Item> items_;
  std::uint32_t words_ = 0;
  std::size_t chosen_ = 0, upper_ = 0, exclamations_ = 0, questions_ = 0;
};

}  // namespace backcast
