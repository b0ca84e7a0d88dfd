// SPDX-License-Identifier: Apache-2.0
#include "care/standard.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

TEST(CareStandard, ThoseThatShipAreNamedAndVersioned) {
  const auto standards = ShippedStandards();
  ASSERT_TRUE(standards.ok());
  ASSERT_EQ(standards.value().size(), 2);
  const CareStandard& first = standards.value()[0];
  EXPECT_EQ(first.id, "socially_devoted");
  EXPECT_EQ(first.version, 1);
  EXPECT_EQ(first.at_least, 0.65);
  EXPECT_EQ(first.fewest, 50);
}

TEST(CareStandard, TheIntervalDecidesNotTheValue) {
  // METHODS 1: 33 of 50 is 52 % to 78 %, 195 of 300 is 59 % to 70 %: both hold 65 %.
  const StandardJudgement small = JudgeShare(33, 50, 0.65, 50);
  EXPECT_EQ(small.verdict, StandardVerdict::kCannotTell);
  EXPECT_NEAR(small.interval.low, 0.52, 0.005);
  EXPECT_NEAR(small.interval.high, 0.78, 0.005);
  EXPECT_EQ(JudgeShare(195, 300, 0.65, 50).verdict, StandardVerdict::kCannotTell);
  EXPECT_EQ(JudgeShare(240, 300, 0.65, 50).verdict, StandardVerdict::kReached);
  EXPECT_EQ(JudgeShare(150, 300, 0.65, 50).verdict, StandardVerdict::kNotReached);
}

TEST(CareStandard, FewerCasesThanAskedForSayNothing) {
  EXPECT_EQ(JudgeShare(49, 49, 0.65, 50).verdict, StandardVerdict::kTooFew);
  EXPECT_GT(JudgeShare(49, 49, 0.65, 50).interval.low, 0.9) << "the interval is told all the same";
  EXPECT_EQ(JudgeShare(0, 0, 0.65, 0).verdict, StandardVerdict::kTooFew);
}

TEST(CareStandard, WordsOfTheContract) {
  EXPECT_EQ(ToWord(JudgeShare(100, 100, 0.65, 50).verdict), "reached");
  EXPECT_EQ(ToWord(JudgeShare(0, 100, 0.65, 50).verdict), "not_reached");
  EXPECT_EQ(ToWord(JudgeShare(65, 100, 0.65, 50).verdict), "cannot_tell");
  EXPECT_EQ(ToWord(JudgeShare(1, 1, 0.65, 50).verdict), "too_few");
}

}  // namespace
}  // namespace backcast
