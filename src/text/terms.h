// SPDX-License-Identifier: Apache-2.0
// What texts speak of: the words and pairs of words that are not said everywhere, and which text has which.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/texts.h"
#include "text/tokens.h"
#include "text/word_table.h"

namespace backcast {

/// Words to leave out: all languages of catalogue/languages/stopwords.yaml, and a brand's own (its name).
class StopWords {
 public:
  /// Error: kInternal; the tests read it.
  static Result<StopWords> Shipped();
  void Add(std::string_view word) { words_.Add(word); }
  bool Has(std::string_view folded) const { return words_.Find(folded) != WordTable::kNone; }

 private:
  WordTable words_;
};

struct TermRules {
  std::size_t fewest_texts = 3;    ///< a term in fewer texts is left out
  double greatest_share = 0.5;     ///< one in more of all texts too
  std::size_t most_terms = 20000;  ///< the most frequent are kept
};

/// Which text has which terms, once each. A term is a word (plural and singular alike, hashtags as words) or
/// two that follow each other, stop words between them aside: "card", "lost card". Handles, links, numbers
/// and words of one letter are none.
struct TermMatrix {
  std::vector<std::string> terms;         ///< by falling number of texts, then by bytes
  std::vector<std::uint32_t> texts_with;  ///< by term
  std::vector<std::uint64_t> begins{0};   ///< text i has ids[begins[i], begins[i + 1])
  std::vector<std::uint32_t> ids;         ///< terms, rising within a text

  std::size_t texts() const { return begins.size() - 1; }
  std::span<const std::uint32_t> Of(std::size_t text) const {
    return std::span(ids).subspan(begins[text], begins[text + 1] - begins[text]);
  }
};

/// The same for any number of threads.
TermMatrix CountTerms(const Texts& texts, const StopWords& stop_words, const TermRules& rules, int threads);

/// How many texts of a group have each term: `in_group` has one entry per text.
std::vector<double> TextsWith(const TermMatrix& matrix, const std::vector<bool>& in_group);

}  // namespace backcast
