// SPDX-License-Identifier: Apache-2.0
#include "listening/issue_velocity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "measure/random.h"

namespace backcast {
namespace {

/// Mentions of `weeks` weeks whose rate has hours and weekdays, the last hour of them `times` as many.
std::vector<std::int64_t> World(Random& random, int weeks, double mean, double times) {
  std::vector<std::int64_t> instants;
  const int hours = weeks * 168;
  for (int hour = 0; hour < hours; ++hour) {
    const double rate =
        mean * (1 + 0.8 * std::sin(hour % 24 / 24.0 * 6.283)) * (hour / 24 % 7 < 5 ? 1.2 : 0.5);
    const double count = random.Poisson(rate * (hour + 1 == hours ? times : 1));
    for (int i = 0; i < static_cast<int>(count); ++i)
      instants.push_back(hour * kHourMicros + 1 +
                         static_cast<std::int64_t>(random.Below(static_cast<std::uint64_t>(kHourMicros))));
  }
  return instants;
}

TEST(VelocityOf, CountsTheLastStretchAndTheSameOneOfEarlierWeeks) {
  const std::int64_t week = 7 * kDayMicros, end = 10 * week;
  std::vector<std::int64_t> instants = {end, end - kHourMicros + 1, end - kHourMicros};  // two of them
  for (int back = 1; back <= 8; ++back) instants.push_back(end - back * week);           // one each
  const Velocity velocity = VelocityOf(instants, 0, end, kHourMicros);
  EXPECT_EQ(velocity.count, 2);
  EXPECT_EQ(velocity.weeks, 9);
  // Weights 1, 1/2, ... of nine weeks; the ninth has none.
  EXPECT_NEAR(*velocity.expected, (2 - std::pow(0.5, 7)) / (2 - std::pow(0.5, 8)), 1e-12);
  EXPECT_FALSE(velocity.alarm);
}

TEST(VelocityOf, TooShortAPastHasNoExpectationAndNoAlarm) {
  const std::vector<std::int64_t> many(500, 3 * 7 * kDayMicros);
  const Velocity velocity = VelocityOf(many, 0, 3 * 7 * kDayMicros, kHourMicros);
  EXPECT_EQ(velocity.count, 500);
  EXPECT_FALSE(velocity.expected);
  EXPECT_FALSE(velocity.alarm);
}

TEST(VelocityOf, FewerThanFiveAreNoAlarm) {
  const std::int64_t end = 20 * 7 * kDayMicros;
  const std::vector<std::int64_t> four(4, end), five(5, end);
  EXPECT_FALSE(VelocityOf(four, 0, end, kHourMicros).alarm);
  EXPECT_LT(VelocityOf(five, 0, end, kHourMicros).tail, 0.01);
}

TEST(VelocityOf, ABurstIsFoundAndQuietWorldsAreLeftInPeace) {
  Random random(17);
  int false_alarms = 0, found = 0;
  constexpr int kWorlds = 600, kBursts = 50;
  for (int world = 0; world < kWorlds; ++world) {
    const int weeks = 5 + world % 10;
    const double mean = std::pow(10.0, -1 + 0.5 * (world % 6));  // 0.1 to 30 an hour
    const auto instants = World(random, weeks, mean, 1);
    false_alarms += VelocityOf(instants, 0, weeks * 168 * kHourMicros, kHourMicros).alarm;
    false_alarms += VelocityOf(instants, 0, weeks * 168 * kHourMicros, kDayMicros).alarm;
  }
  for (int world = 0; world < kBursts; ++world) {
    const auto instants = World(random, 10, 20, 8);
    found += VelocityOf(instants, 0, 10 * 168 * kHourMicros, kHourMicros).alarm;
  }
  EXPECT_LE(false_alarms, 2) << "of 1,200 looks";
  EXPECT_GE(found, kBursts * 9 / 10);
}

}  // namespace
}  // namespace backcast
