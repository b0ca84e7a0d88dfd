// SPDX-License-Identifier: Apache-2.0
#include "text/read_texts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace backcast {
namespace {

struct Shipped {
  Lexicon lexicon = Lexicon::Shipped().value();
  LanguageModel languages = LanguageModel::Shipped().value();
  TextReader reader{&lexicon, &languages};
};

const Shipped& All() {
  static const Shipped shipped;
  return shipped;
}

TEST(ReadTexts, GivesARowForEachText) {
  TextColumn texts;
  texts.Add("@shop I really love this jacket :) \U0001f60d #happy https://x.com/a");
  texts.Add("Ich warte seit zwei Wochen auf eine Antwort, furchtbar");
  texts.Add("");
  texts.Add("\xff\xfe broken");
  const TextReadings rows = ReadTexts(texts.view(), All().reader, 2);
  ASSERT_EQ(rows.size(), 4U);
  const auto& codes = All().languages.codes();
  EXPECT_EQ(codes[rows.language[0]], "en");
  EXPECT_EQ(codes[rows.language[1]], "de");
  EXPECT_EQ(codes[rows.language[2]], "und");
  EXPECT_GT(rows.sentiment[0], 0.8);
  EXPECT_GT(rows.positive[0], rows.negative[0]);
  EXPECT_TRUE(std::isnan(rows.sentiment[1])) << "the lexicon is English: not classified, not neutral";
  EXPECT_TRUE(std::isnan(rows.positive[1]));
  EXPECT_EQ(rows.sentiment[2], 0);
  EXPECT_EQ(rows.words[0], 5U);
  EXPECT_EQ(rows.mentions[0], 1U);
  EXPECT_EQ(rows.hashtags[0], 1U);
  EXPECT_EQ(rows.links[0], 1U);
  EXPECT_EQ(rows.emoji[0], 2U);
  EXPECT_EQ(ReadTexts({}, All().reader, 4).size(), 0U);
}

TEST(ReadTexts, OtherLanguagesAreScoredWhenAskedFor) {
  TextColumn texts;
  texts.Add("Ich warte seit zwei Wochen auf eine Antwort, super");
  TextReader reader = All().reader;
  reader.lexicon_languages = {"en", "de"};
  EXPECT_FALSE(std::isnan(ReadTexts(texts.view(), reader, 1).sentiment[0]));
}

template <class T>
bool SameBytes(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

TEST(ReadTexts, IsTheSameForAnyNumberOfThreads) {
  static constexpr const char* kParts[] = {
      "not bad ", "terrible delay! ", "\u00fcber ", "\U0001f44d\U0001f3fd ", "@a ", "sehr gut ", "why?? "};
  TextColumn texts;
  for (unsigned i = 0; i < 5000; ++i) {
    std::string text;
    for (unsigned k = i; k > 0; k /= 7) text += kParts[k % 7];
    texts.Add(text);
  }
  const TextReadings one = ReadTexts(texts.view(), All().reader, 1);
  for (const int threads : {0, 2, 5}) {
    const TextReadings more = ReadTexts(texts.view(), All().reader, threads);
    EXPECT_TRUE(SameBytes(one.sentiment, more.sentiment));
    EXPECT_TRUE(SameBytes(one.language, more.language));
    EXPECT_TRUE(SameBytes(one.positive, more.positive));
    EXPECT_TRUE(SameBytes(one.words, more.words));
  }
}

TEST(ReadTexts, AVeryLongTextIsRead) {
  for (const char* piece : {"\u202ea\u202c", "\U0001f469\u200d", "\u0301\u0323", "\xff", "a", "!?", ":-",
                            "&#x1F600;", "no ", "@a", "\u0e01\u05d0\u0627"}) {
    std::string text;
    while (text.size() < (1U << 20)) text += piece;
    TextColumn texts;
    texts.Add(text);
    const TextReadings rows = ReadTexts(texts.view(), All().reader, 1);
    EXPECT_TRUE(std::isnan(rows.sentiment[0]) || std::abs(rows.sentiment[0]) <= 1) << piece;
  }
}

}  // namespace
}  // namespace backcast
