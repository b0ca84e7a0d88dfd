// SPDX-License-Identifier: Apache-2.0
#include "score/verdict.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

Day On(std::string_view iso) { return ParseIsoDay(iso).value(); }

/// A number between baseline 100 (end of 2025) and target 200 (end of 2026), seen at the middle of the year.
VerdictInput Halfway(double value, double noise) {
  VerdictInput input;
  input.value = value;
  for (int week = 0; week < 26; ++week) input.weekly.push_back(25 + (week % 2 == 0 ? noise : -noise));
  input.weeks_in_period = 30.0 / 7;
  input.baseline = 100;
  input.target = 200;
  input.line_from = On("2026-01-01");
  input.by = On("2026-12-31");
  input.on = On("2026-07-01");
  input.unit = "count";
  return input;
}

TEST(Decide, SaysMetOnlyWhenTheTargetIsReached) {
  EXPECT_EQ(Decide(Halfway(200, 1)).verdict, Verdict::kMet);
  EXPECT_EQ(Decide(Halfway(199.9, 0.1)).verdict, Verdict::kLikely);
}

TEST(Decide, IsSureOnlyBeyondTheSpread) {
  EXPECT_EQ(Decide(Halfway(170, 1)).verdict, Verdict::kLikely);
  EXPECT_EQ(Decide(Halfway(120, 1)).verdict, Verdict::kMissed);
  EXPECT_EQ(Decide(Halfway(120, 50)).verdict, Verdict::kCannotTell);
  EXPECT_EQ(Decide(Halfway(170, 50)).verdict, Verdict::kCannotTell);
}

TEST(Decide, NeedsEightWeeks) {
  VerdictInput input = Halfway(120, 1);
  input.weekly.resize(5);
  const Decision decision = Decide(input);
  EXPECT_EQ(decision.verdict, Verdict::kCannotTell);
  EXPECT_NE(decision.because.find("5 whole weeks of data, a verdict needs 8"), std::string::npos)
      << decision.because;
}

TEST(Decide, KnowsThatLowerCanBeBetter) {
  VerdictInput input = Halfway(60, 1);
  input.baseline = 100;
  input.target = 50;
  input.lower_is_better = true;
  EXPECT_EQ(Decide(input).verdict, Verdict::kLikely);
  input.value = 49;
  EXPECT_EQ(Decide(input).verdict, Verdict::kMet);
  input.value = 95;
  const Decision late = Decide(input);
  EXPECT_EQ(late.verdict, Verdict::kMissed);
  EXPECT_LT(*late.pace, 1);
}

TEST(Decide, EndsWithTheDay) {
  VerdictInput input = Halfway(199, 50);
  input.on = On("2027-01-15");
  const Decision due = Decide(input);
  EXPECT_EQ(due.verdict, Verdict::kMissed);
  EXPECT_FALSE(due.beyond_chance);
  EXPECT_NE(due.because.find("which was due on 2026-12-31"), std::string::npos) << due.because;
}

TEST(Decide, GivesNoVerdictWithoutATarget) {
  VerdictInput input = Halfway(100, 1);
  input.target.reset();
  EXPECT_EQ(Decide(input).verdict, Verdict::kNone);
}

}  // namespace
}  // namespace backcast
