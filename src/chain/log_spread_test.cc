// SPDX-License-Identifier: Apache-2.0
#include "chain/log_spread.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "measure/distributions.h"
#include "measure/random.h"

namespace backcast {
namespace {

struct Habits {
  int weeks = 104;
  double sd = 0.1, memory = 0;  ///< of one week
  double season = 0;            ///< amplitude
  double bend = 0;              ///< of a parabola from end to end
};

/// Logs of the level and of the weeks, four more than the history.
struct Drawn {
  std::vector<double> level, logs;
};

Drawn Draw(Random& random, const Habits& habits) {
  Drawn drawn;
  const double phase = 2 * std::numbers::pi * random.Uniform();
  double noise = habits.sd * random.Normal();
  for (int week = 0; week < habits.weeks + 4; ++week) {
    const double part = static_cast<double>(week) / habits.weeks;
    noise =
        habits.memory * noise + habits.sd * std::sqrt(1 - habits.memory * habits.memory) * random.Normal();
    drawn.level.push_back(habits.season * std::sin(2 * std::numbers::pi * week / 52.18 + phase) +
                          4 * habits.bend * part * (1 - part));
    drawn.logs.push_back(drawn.level.back() + noise);
  }
  return drawn;
}

Day First() { return ParseIsoDay("2024-01-01").value(); }
Day End(int weeks) { return First() + std::chrono::days{7 * weeks}; }

DailySeries DaysOf(const Drawn& drawn, int weeks) {
  DailySeries series{Combine::kSum, First(), {}, {}};
  for (int day = 0; day < 7 * weeks; ++day)
    series.amount.push_back(100 * std::exp(drawn.logs[static_cast<std::size_t>(day / 7)]));
  return series;
}

double MeanSpread(const Habits& habits, double stretch_days) {
  Random random(1);
  double sum = 0;
  for (int run = 0; run < 40; ++run) {
    sum += SpreadOfStretch(DaysOf(Draw(random, habits), habits.weeks), End(habits.weeks), stretch_days).sd;
  }
  return sum / 40;
}

TEST(SpreadOfStretch, OfFourWeeksIsHalfOfThatOfOne) {
  EXPECT_NEAR(MeanSpread({}, 7), 0.1, 0.01);
  EXPECT_NEAR(MeanSpread({}, 28), 0.05, 0.006);
  EXPECT_NEAR(MeanSpread({}, 365.25 / 12), 0.048, 0.006);
  EXPECT_EQ(MeanSpread({}, 91), MeanSpread({}, 365.25 / 12)) << "no steadier than a month";
}

TEST(SpreadOfStretch, ASeasonIsLevelFromAYearOnAndABendFromHalfAYearOn) {
  EXPECT_NEAR(MeanSpread({.weeks = 104, .season = 0.4}, 28), 0.05, 0.008);
  EXPECT_NEAR(MeanSpread({.weeks = 60, .season = 0.4}, 28), 0.05, 0.012);
  EXPECT_NEAR(MeanSpread({.weeks = 40, .bend = 0.5}, 28), 0.05, 0.01);
  EXPECT_GT(MeanSpread({.weeks = 24, .bend = 0.5}, 28), 0.1) << "taken for chance";
  Random random(2);
  EXPECT_TRUE(SpreadOfStretch(DaysOf(Draw(random, {}), 104), End(104), 28).without_season);
  EXPECT_FALSE(SpreadOfStretch(DaysOf(Draw(random, {}), 48), End(48), 28).without_season);
}

TEST(SpreadOfStretch, NineteenOfTwentyMonthsFallInto) {
  Random random(3);
  for (const int weeks : {30, 110}) {
    int inside = 0;
    for (int run = 0; run < 400; ++run) {
      const Drawn drawn = Draw(random, {.weeks = weeks, .memory = 0.3, .season = weeks > 52 ? 0.3 : 0});
      const LogSpread spread = SpreadOfStretch(DaysOf(drawn, weeks), End(weeks), 28);
      double month = 0, level = 0;
      for (int week = weeks; week < weeks + 4; ++week) {
        month += std::exp(drawn.logs[static_cast<std::size_t>(week)]);
        level += std::exp(drawn.level[static_cast<std::size_t>(week)]);
      }
      inside += std::abs(std::log(month / level)) <= StudentCritical(0.95, spread.degrees) * spread.sd;
    }
    EXPECT_NEAR(inside / 400.0, 0.95, 0.025) << weeks;
  }
}

TEST(SpreadOfStretch, TooFewStretchesSayNothing) {
  Random random(4);
  const Drawn drawn = Draw(random, {.weeks = 20});
  EXPECT_EQ(SpreadOfStretch(DaysOf(drawn, 12), End(12), 28).degrees, 0);
  EXPECT_EQ(SpreadOfStretch(DaysOf(drawn, 16), End(16), 28).degrees, 2);
  DailySeries silent = DaysOf(drawn, 20);
  for (std::size_t day = 0; day < 28; ++day) silent.amount[day] = 0;
  EXPECT_EQ(SpreadOfStretch(silent, End(20), 28).degrees, 2) << "a stretch at nought has no logarithm";
}

TEST(ErrorOfMean, GrowsWithMemoryAndIsThatOfTheMeasuredWeeks) {
  const auto mean = [](double memory) {
    Random random(5);
    double sum = 0;
    for (int run = 0; run < 20; ++run)
      sum += ErrorOfMean(DaysOf(Draw(random, {.memory = memory, .season = 0.3}), 104), End(104), 91) / 20;
    return sum;
  };
  EXPECT_NEAR(mean(0), 0.1 / std::sqrt(13), 0.006);
  EXPECT_NEAR(mean(0.5), 0.1 / std::sqrt(13) * std::sqrt(2.7), 0.009);
  Random random(6);
  EXPECT_EQ(ErrorOfMean(DaysOf(Draw(random, {}), 3), End(3), 21), 0);
}

}  // namespace
}  // namespace backcast
