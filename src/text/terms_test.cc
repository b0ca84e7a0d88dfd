// SPDX-License-Identifier: Apache-2.0
#include "text/terms.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace backcast {
namespace {

const StopWords& Shipped() {
  static const StopWords words = StopWords::Shipped().value();
  return words;
}

TextColumn Column(std::initializer_list<const char*> texts) {
  TextColumn column;
  for (const char* text : texts) column.Add(text);
  return column;
}

std::vector<std::string> TermsOf(const TermMatrix& matrix, std::size_t text) {
  std::vector<std::string> terms;
  for (const std::uint32_t id : matrix.Of(text)) terms.push_back(matrix.terms[id]);
  std::sort(terms.begin(), terms.end());
  return terms;
}

TEST(StopWords, AreOfManyLanguages) {
  for (const char* word : {"the", "und", "les", "pero", "perch\u00e9", "n\u00e3o", "niet", "don't"})
    EXPECT_TRUE(Shipped().Has(word)) << word;
  EXPECT_FALSE(Shipped().Has("card"));
}

TEST(Terms, AreWordsAndPairs) {
  const TextColumn texts =
      Column({"I lost my cards! #Refund", "Lost the CARD @jane", "a lost card. http://x.com 12"});
  const TermMatrix matrix = CountTerms(texts.view(), Shipped(), {.fewest_texts = 1, .greatest_share = 1}, 1);
  EXPECT_EQ(TermsOf(matrix, 0), (std::vector<std::string>{"card", "lost", "lost card", "refund"}));
  EXPECT_EQ(TermsOf(matrix, 1), (std::vector<std::string>{"card", "lost", "lost card"})) << "no handle";
  EXPECT_EQ(matrix.terms[0], "card") << "the most frequent first, then by bytes";
  EXPECT_EQ(matrix.texts_with[0], 3U);
  EXPECT_EQ(matrix.terms.back(), "refund");
}

TEST(Terms, RareAndCommonOnesAreLeftOut) {
  const TextColumn texts = Column({"apple pear", "apple plum", "apple pear", "apple fig"});
  const TermMatrix matrix =
      CountTerms(texts.view(), Shipped(), {.fewest_texts = 2, .greatest_share = 0.9}, 1);
  EXPECT_EQ(matrix.terms, (std::vector<std::string>{"apple pear", "pear"}));
  EXPECT_TRUE(matrix.Of(1).empty());
  const TermMatrix few =
      CountTerms(texts.view(), Shipped(), {.fewest_texts = 1, .greatest_share = 1, .most_terms = 1}, 1);
  EXPECT_EQ(few.terms, (std::vector<std::string>{"apple"}));
}

TEST(Terms, CountOncePerText) {
  const TextColumn texts = Column({"card card card card", "card", ""});
  const TermMatrix matrix = CountTerms(texts.view(), Shipped(), {.fewest_texts = 1, .greatest_share = 1}, 1);
  EXPECT_EQ(matrix.texts_with[0], 2U);
  EXPECT_EQ(TextsWith(matrix, {true, false, true})[0], 1);
  EXPECT_EQ(matrix.texts(), 3U);
  EXPECT_EQ(CountTerms({}, Shipped(), {}, 2).texts(), 0U);
}

TEST(Terms, AreTheSameForAnyNumberOfThreads) {
  TextColumn texts;
  for (unsigned i = 0; i < 5000; ++i)
    texts.Add("word" + std::to_string(i * 7919 % 300) + " thing" + std::to_string(i % 41) + " lost card");
  const TermMatrix one = CountTerms(texts.view(), Shipped(), {}, 1),
                   three = CountTerms(texts.view(), Shipped(), {}, 3);
  EXPECT_EQ(one.terms, three.terms);
  EXPECT_EQ(one.ids, three.ids);
  EXPECT_EQ(one.begins, three.begins);
}

TEST(WordTable, NumbersWordsInTheOrderTheyCome) {
  WordTable table;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 5000; ++i) EXPECT_EQ(table.Add("w" + std::to_string(i)), i);
  }
  EXPECT_EQ(table.size(), 5000U);
  EXPECT_EQ(table[4711], "w4711");
  EXPECT_EQ(table.Find("w4999"), 4999U);
  EXPECT_EQ(table.Find("w5000"), WordTable::kNone);
  EXPECT_EQ(table.Find(""), WordTable::kNone);
  EXPECT_EQ(table.Add(""), 5000U);
  EXPECT_EQ(table.Find(""), 5000U);
}

}  // namespace
}  // namespace backcast
