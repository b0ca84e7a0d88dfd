// SPDX-License-Identifier: Apache-2.0
#include "score/verdict.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "base/number.h"

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

TEST(Decide, NoIntervalBelowNoughtForWhatNeverWasBelow) {
  const Decision few = Decide(Halfway(20, 24));
  ASSERT_TRUE(few.spread);
  EXPECT_GT(few.spread->half_width, 20);
  EXPECT_EQ(*few.low, 0);
  EXPECT_EQ(*few.high, 20 + few.spread->half_width);
  const Decision loss = Decide(Halfway(20, 50));  // weeks below nought
  EXPECT_EQ(*loss.low, 20 - loss.spread->half_width);
}

TEST(Decide, NeedsEightWeeks) {
  VerdictInput input = Halfway(120, 1);
  input.weekly.resize(5);
  const Decision decision = Decide(input);
  EXPECT_EQ(decision.verdict, Verdict::kCannotTell);
  EXPECT_NE(decision.because->text().find("5 whole weeks of data, a verdict needs 8"), std::string::npos)
      << decision.because->text();
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
  EXPECT_NE(due.because->text().find("which was due on 2026-12-31"), std::string::npos)
      << due.because->text();
}

TEST(Decide, GivesNoVerdictWithoutATarget) {
  VerdictInput input = Halfway(100, 1);
  input.target.reset();
  EXPECT_EQ(Decide(input).verdict, Verdict::kNone);
}

VerdictInput Random(std::mt19937_64& random) {
  const auto between = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(random() % 100000) / 100000);
  };
  VerdictInput input;
  input.lower_is_better = random() % 2 == 0;
  input.unit = random() % 2 == 0 ? "count" : "EUR";
  input.target = between(50, 500);
  input.value = random() % 4 == 0 ? *input.target * between(0.999, 1.001) : between(1, 600);
  input.n = static_cast<std::int64_t>(random() % 1000);
  const double noise = between(0, 60);
  for (std::uint64_t week = random() % 30; week > 0; --week)
    input.weekly.push_back(between(100 - noise, 100 + noise));
  input.sums = random() % 2 == 0;
  if (random() % 5 != 0) input.baseline = between(50, 500);
  if (random() % 5 != 0) input.line_from = On("2026-01-01");
  if (random() % 4 != 0) input.by = On("2026-12-31");
  input.on = On("2026-01-01") + std::chrono::days{static_cast<int>(random() % 420)};
  return input;
}

TEST(Decide, TheSentenceNeverContradictsTheVerdictTheValueOrTheSign) {
  std::mt19937_64 random(11);
  std::map<Verdict, int> seen;
  for (int round = 0; round < 5000; ++round) {
    const VerdictInput input = Random(random);
    const Decision decision = Decide(input);
    ++seen[decision.verdict];
    ASSERT_TRUE(decision.because) << "a verdict without its reason, round " << round;
    const Claim& claim = *decision.because;
    const std::string& text = claim.text();
    const auto says = [&](const char* words) { return text.find(words) != std::string::npos; };
    const double sign = input.lower_is_better ? -1 : 1;
    EXPECT_EQ(claim.key().rfind("verdict." + KeyOf(decision.verdict), 0), 0U) << claim.key();
    EXPECT_EQ(says("has reached"), decision.verdict == Verdict::kMet) << text;
    EXPECT_EQ(says("is ahead of"), decision.verdict == Verdict::kLikely) << text;
    EXPECT_EQ(says("is behind"), decision.verdict == Verdict::kMissed) << text;
    EXPECT_EQ(says("may be chance") || says("a verdict needs"), decision.verdict == Verdict::kCannotTell)
        << text;
    const double ahead = sign * (input.value - (says("due") ? *input.target : *decision.expected));
    EXPECT_TRUE(!says("has reached") || sign * (input.value - *input.target) >= 0) << text;
    EXPECT_TRUE(!says("is ahead of") || ahead > 0) << text;
    EXPECT_TRUE(!says("is behind") || ahead < 0) << text;
    EXPECT_EQ(says("due on"), decision.verdict == Verdict::kMissed && input.by && input.on >= *input.by)
        << text;
    const Quantity& value = claim.quantities()[0];
    EXPECT_EQ(value.value, input.value);
    EXPECT_EQ(value.n, input.n);
    EXPECT_EQ(value.low.has_value(), decision.spread.has_value());
    EXPECT_EQ(text.rfind(FormatNumber(input.value, input.unit, !value.exact), 0), 0U) << text;
    // Closer than the last digit that is ever printed, two numbers are one to a reader.
    const bool apart = std::abs(input.value - *input.target) > 0.02;
    EXPECT_TRUE(!says("is behind the target") || !apart ||
                FormatNumber(input.value, input.unit, !value.exact) !=
                    FormatNumber(*input.target, input.unit, !claim.quantities()[1].exact))
        << text;
  }
  for (const Verdict verdict : {Verdict::kMet, Verdict::kLikely, Verdict::kCannotTell, Verdict::kMissed})
    EXPECT_GT(seen[verdict], 50) << ToWord(verdict);
}

TEST(SetApart, NumbersThatDifferLookDifferent) {
  std::vector<Quantity> close = {{.name = "value", .value = 71999, .unit = "EUR"},
                                 {.name = "target", .value = 72000, .unit = "EUR"},
                                 {.name = "weeks", .value = 72000, .unit = "count"}};
  SetApart(close);
  EXPECT_TRUE(close[0].exact && close[1].exact);
  EXPECT_FALSE(close[2].exact) << "another unit is no rival";
  std::vector<Quantity> far = {{.name = "value", .value = 52000, .unit = "EUR"},
                               {.name = "target", .value = 72000, .unit = "EUR"}};
  SetApart(far);
  EXPECT_FALSE(far[0].exact || far[1].exact);
}

}  // namespace
}  // namespace backcast
