// SPDX-License-Identifier: Apache-2.0
#include "measure/forecast.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace backcast {
namespace {

const std::vector<double> kWeek{110, 105, 100, 100, 110, 55, 40};

std::vector<double> Weeks(int days, int first = 0) {
  std::vector<double> values;
  for (int day = 0; day < days; ++day) values.push_back(kWeek[static_cast<std::size_t>((first + day) % 7)]);
  return values;
}

TEST(FitWeekdayProfile, FindsTheWeekUnderTheSeason) {
  auto values = Weeks(84, 3);
  std::vector<double> season;
  for (std::size_t day = 0; day < values.size(); ++day) {
    season.push_back(1 + 0.5 * std::sin(static_cast<double>(day) / 20));
    values[day] *= season.back();
  }
  values[10] = std::numeric_limits<double>::quiet_NaN();
  const WeekdayProfile profile = FitWeekdayProfile({values, 3, season}).value();
  for (std::size_t weekday = 0; weekday < 7; ++weekday)
    EXPECT_NEAR(profile.level[weekday], kWeek[weekday], 1e-9);
  EXPECT_EQ(profile.dispersion, 1);
  EXPECT_EQ(profile.days, 83);
}

TEST(FitWeekdayProfile, MeasuresHowMuchMoreThanPoissonDaysScatter) {
  auto values = Weeks(70);
  for (std::size_t day = 0; day < values.size(); ++day) {
    values[day] += (day / 7 % 2 == 0 ? 3 : -3) * std::sqrt(values[day]);
  }
  EXPECT_NEAR(FitWeekdayProfile({values, 0}).value().dispersion, 9.0 * 70 / 63, 1e-9);
}

TEST(FitWeekdayProfile, RefusesWhatIsNoHistory) {
  const auto short_one = Weeks(55);
  EXPECT_EQ(FitWeekdayProfile({short_one, 0}).error().code, Code::kTooLittle);
  auto values = Weeks(70);
  EXPECT_FALSE(FitWeekdayProfile({values, 7}).ok());
  EXPECT_FALSE(FitWeekdayProfile({values, 0, short_one}).ok());
  values[4] = -1;
  EXPECT_FALSE(FitWeekdayProfile({values, 0}).ok());
  auto no_sunday = Weeks(84);
  for (std::size_t day = 6; day < no_sunday.size(); day += 7) no_sunday[day] = std::nan("");
  EXPECT_FALSE(FitWeekdayProfile({no_sunday, 0}).ok());
}

// A month that runs exactly to plan is on pace on every day, whatever weekday it begins with; a linear pace
// is not.
TEST(SeasonPace, IsOneOnPlanOnEveryDay) {
  const auto history = Weeks(70);
  const WeekdayProfile profile = FitWeekdayProfile({history, 0}).value();
  double worst_linear = 0;
  for (int first = 0; first < 7; ++first) {
    const auto month = Weeks(30, first);
    const auto expected = ExpectedDays(profile, first, 30);
    double target = 0, actual = 0;
    for (const double day : month) target += day;
    for (int elapsed = 1; elapsed <= 30; ++elapsed) {
      actual += month[static_cast<std::size_t>(elapsed - 1)];
      EXPECT_NEAR(SeasonPace(actual, target, expected, elapsed).value(), 1, 1e-12);
      if (elapsed >= 7) worst_linear = std::max(worst_linear, std::abs(actual / (target * elapsed / 30) - 1));
    }
  }
  EXPECT_GT(worst_linear, 0.05);
  const auto expected = ExpectedDays(profile, 0, 30);
  EXPECT_FALSE(SeasonPace(1, 0, expected, 3).ok());
  EXPECT_FALSE(SeasonPace(1, 100, expected, 31).ok());
  EXPECT_FALSE(SeasonPace(1, 100, std::vector<double>{0, 1}, 1).ok());
}

TEST(ForecastPeriod, AddsWhatTheRestBrings) {
  const auto history = Weeks(60);
  const PeriodForecast forecast = ForecastPeriod({history, 0}, 1000, 9).value();
  // The sixtieth day is a Thursday: nine days from a Friday on.
  EXPECT_NEAR(forecast.rest, 620 + 110 + 55, 1e-9);
  EXPECT_NEAR(forecast.total, 1785, 1e-9);
  EXPECT_GT(forecast.interval.low, 1000);
  const auto nothing = std::vector<double>(60, 0.01);
  EXPECT_EQ(ForecastPeriod({nothing, 0}, 5, 2).value().interval.low, 5);
}

TEST(ForecastPeriod, RefusesAYearAheadOnLessThanTwo) {
  const auto history = Weeks(400), long_history = Weeks(730);
  EXPECT_TRUE(ForecastPeriod({history, 0}, 0, 365).ok());
  EXPECT_EQ(ForecastPeriod({history, 0}, 0, 366).error().code, Code::kTooLittle);
  EXPECT_TRUE(ForecastPeriod({long_history, 0}, 0, 366).ok());
  EXPECT_FALSE(ForecastPeriod({history, 0}, 0, 0).ok());
  EXPECT_FALSE(ForecastPeriod({history, 0}, 0, 3, history).ok());
}

TEST(ForecastPeriod, CoversItsLevelOfMonthEnds) {
  std::mt19937_64 random(6);
  std::normal_distribution<double> day_noise(0, 0.15);
  int covered = 0, covered_by_poisson = 0;
  constexpr int kRuns = 2000;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<double> history;
    double rest = 0;
    for (int day = 0; day < 86; ++day) {
      const double mean =
          0.33 * kWeek[static_cast<std::size_t>((run + day) % 7)] * std::exp(day_noise(random));
      const int count = std::poisson_distribution<int>(mean)(random);
      if (day < 66)
        history.push_back(count);
      else
        rest += count;
    }
    const PeriodForecast forecast = ForecastPeriod({history, run % 7}, 0, 20).value();
    covered += forecast.interval.low <= rest && rest <= forecast.interval.high;
    covered_by_poisson += std::abs(rest - forecast.rest) <= 1.96 * std::sqrt(forecast.rest);
  }
  RecordProperty("covered_of_2000", covered);
  RecordProperty("covered_by_poisson_of_2000", covered_by_poisson);
  EXPECT_NEAR(static_cast<double>(covered) / kRuns, 0.95, 0.02);
  EXPECT_LT(static_cast<double>(covered_by_poisson) / kRuns, 0.87);
}

}  // namespace
}  // namespace backcast
