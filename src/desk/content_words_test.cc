// SPDX-License-Identifier: Apache-2.0
#include "desk/content_words.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

std::string Said(ThemeVerdict verdict, double low, double value, double high) {
  ThemeEffect effect;
  effect.verdict = verdict;
  effect.lift = Lift{value, low, high};
  return VerdictText(effect);
}

TEST(ContentWords, AVerdictSaysWhatWasSeenAndWhatFollows) {
  EXPECT_EQ(Said(ThemeVerdict::kTryMore, 0.4, 1.04, 1.9), "did twice the usual: try more");
  EXPECT_EQ(Said(ThemeVerdict::kTryMore, 0.4, 0.7, 1.1), "did 1.7 times the usual: try more");
  EXPECT_EQ(Said(ThemeVerdict::kTryMore, 11, 13.6, 18), "did 15 times the usual: try more");
  EXPECT_EQ(Said(ThemeVerdict::kTryMore, 0.1, 0.336, 0.6), "did 34 % more than usual: try more");
  EXPECT_EQ(Said(ThemeVerdict::kKeep, -0.1, 0.02, 0.2), "does its usual: keep");
  EXPECT_EQ(Said(ThemeVerdict::kKeep, -0.16, -0.09, -0.01), "did 9 % less than usual: keep");
  EXPECT_EQ(Said(ThemeVerdict::kNoDifferenceSeen, -0.4, 0.5, 2), "no difference seen");
  EXPECT_EQ(Said(ThemeVerdict::kDrop, -0.6, -0.4, -0.2), "did 40 % less than usual: drop");
}

TEST(ContentWords, AThemeThatDidTwiceByChanceIsAReasonToTryAgain) {
  ContentAnswer answer;
  ThemeEffect effect;
  effect.theme = "dogs";
  effect.posts = 6;
  effect.raw = 1.05;
  effect.lift = Lift{0.4, -0.3, 1.6};
  effect.verdict = ThemeVerdict::kNoDifferenceSeen;
  answer.lifts.themes = {effect};
  answer.lifts.posts_for_a_quarter = 128;
  answer.numbers = {{.theme = "dogs", .name = "Dogs"}};
  std::string all;
  for (const std::string& sentence : ThemeSentences(answer)) all += sentence + " ";
  EXPECT_NE(all.find("Dogs: its 6 posts did twice the usual, which chance can do. A reason to try again, not "
                     "a finding."),
            std::string::npos)
      << all;
  EXPECT_NE(all.find("about 128 posts"), std::string::npos);
}

TEST(ContentWords, AnAgeIsSaidAsWellAsItIsKnown) {
  YoungPost post;
  post.age = 0.5 / 24;
  post.exact = true;
  EXPECT_EQ(AgeText(post), "30 min");
  post.age = 5.2 / 24;
  EXPECT_EQ(AgeText(post), "5 h");
  post.exact = false;
  post.age = 2;
  EXPECT_EQ(AgeText(post), "2 d");
}

}  // namespace
}  // namespace backcast
