// SPDX-License-Identifier: Apache-2.0
#include "measure/pace.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "measure/distributions.h"

namespace backcast {
namespace {

TEST(StudentCritical, MatchesTheTables) {
  EXPECT_NEAR(StudentCritical(0.95, 10), 2.2281, 1e-4);
  EXPECT_NEAR(StudentCritical(0.95, 1e9), 1.95996, 1e-4);
}

TEST(WeeklySpread, NeedsEightWeeks) {
  EXPECT_FALSE(WeeklySpread(std::vector<double>(7, 1.0), true, 4).has_value());
  EXPECT_TRUE(WeeklySpread(std::vector<double>(8, 1.0), true, 4).has_value());
}

TEST(WeeklySpread, SeesNoSpreadInAStraightLine) {
  std::vector<double> weekly;
  for (int week = 0; week < 20; ++week) weekly.push_back(100 + 7 * week);
  EXPECT_NEAR(WeeklySpread(weekly, true, 4)->half_width, 0, 1e-9);
}

TEST(WeeklySpread, CoversTheTruthAtItsLevel) {
  std::mt19937_64 random(5);
  std::normal_distribution<double> noise(0, 12);
  int covered = 0;
  constexpr int kRuns = 2000;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<double> weekly;
    for (int week = 0; week < 26; ++week) weekly.push_back(200 + 2 * week + noise(random));
    double period = 0, truth = 0;
    for (int week = 26; week < 30; ++week) {
      truth += 200 + 2 * week;
      period += 200 + 2 * week + noise(random);
    }
    covered += std::abs(period - truth) <= WeeklySpread(weekly, true, 4)->half_width;
  }
  EXPECT_NEAR(static_cast<double>(covered) / kRuns, 0.95, 0.02);
}

TEST(TargetLine, GrowsFromBaselineToTarget) {
  const TargetLine line{100, 200, ParseIsoDay("2026-01-01").value(), ParseIsoDay("2026-01-11").value()};
  EXPECT_EQ(line.On(ParseIsoDay("2025-12-01").value()), 100);
  EXPECT_EQ(line.On(ParseIsoDay("2026-01-06").value()), 150);
  EXPECT_EQ(line.On(ParseIsoDay("2026-02-01").value()), 200);
}

TEST(Pace, TurnsRoundWhereLowerIsBetter) {
  EXPECT_EQ(Pace(50, 100, false), 0.5);
  EXPECT_EQ(Pace(50, 100, true), 2.0);
  EXPECT_FALSE(Pace(0, 100, true).has_value());
  EXPECT_FALSE(Pace(-5, 100, false).has_value());
}

}  // namespace
}  // namespace backcast
