// SPDX-License-Identifier: Apache-2.0
#include "listening/phrases.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace backcast {
namespace {

TEST(Phrases, WordsAreFoundWholeInAnyCaseAndAsHashtags) {
  Phrases phrases;
  phrases.Add("Lost Luggage");
  phrases.Add("rebook");
  phrases.Add(" , ");
  EXPECT_TRUE(phrases.SaidIn("my LOST, luggage!"));
  EXPECT_TRUE(phrases.SaidIn("so #Rebook me"));
  EXPECT_TRUE(phrases.SaidIn("Ｌｏｓｔ ｌｕｇｇａｇｅ"));
  EXPECT_FALSE(phrases.SaidIn("lost my luggage"));
  EXPECT_FALSE(phrases.SaidIn("rebooking"));
  EXPECT_FALSE(phrases.SaidIn(""));
  EXPECT_FALSE(Phrases().SaidIn("anything"));
}

TEST(SaidIn, IsTheSameForAnyNumberOfThreadsAndBytes) {
  TextColumn texts;
  for (int i = 0; i < 5000; ++i) texts.Add(i % 3 == 0 ? "a wait time \xff\xfe" : "\x1b[31m nothing");
  const auto one = SaidIn(texts.view(), {"wait time"}, 1), four = SaidIn(texts.view(), {"wait time"}, 4);
  EXPECT_EQ(one, four);
  EXPECT_EQ(std::count(one.begin(), one.end(), 1), 1667);
}

}  // namespace
}  // namespace backcast
