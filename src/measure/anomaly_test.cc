// SPDX-License-Identifier: Apache-2.0
#include "measure/anomaly.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace backcast {
namespace {

std::vector<double> Days(std::mt19937_64& random, int days, double mean) {
  const std::vector<double> week{1, 1, 1, 1, 1.15, 0.7, 0.6};
  std::normal_distribution<double> noise(-0.0072, 0.12);
  std::vector<double> values;
  for (int day = 0; day < days; ++day) {
    const double expected = mean * week[static_cast<std::size_t>(day % 7)] * (1 + 0.001 * day);
    values.push_back(std::poisson_distribution<int>(expected * std::exp(noise(random)))(random));
  }
  return values;
}

TEST(JudgeToday, RingsSeldomAndFindsTheOddDay) {
  std::mt19937_64 random(4);
  int false_alarms = 0, found_fall = 0, found_rise = 0;
  constexpr int kRuns = 1500;
  for (int run = 0; run < kRuns; ++run) {
    auto days = Days(random, 91, 80);
    const double today = days.back();
    false_alarms += JudgeToday(days).value().unusual;
    days.back() = std::round(0.45 * today);
    const DayAnomaly fall = JudgeToday(days).value();
    found_fall += fall.unusual && fall.score < 0;
    days.back() = std::round(1.8 * today);
    found_rise += JudgeToday(days).value().unusual;
  }
  RecordProperty("false_alarms_of_1500", false_alarms);
  RecordProperty("falls_found_of_1500", found_fall);
  RecordProperty("rises_found_of_1500", found_rise);
  EXPECT_LT(static_cast<double>(false_alarms) / kRuns, 0.012);
  EXPECT_GT(static_cast<double>(found_fall) / kRuns, 0.6);
  EXPECT_GT(static_cast<double>(found_rise) / kRuns, 0.25);
}

TEST(JudgeToday, OneViralDayDoesNotHideTheNext) {
  std::mt19937_64 random(5);
  auto days = Days(random, 91, 80);
  days.back() *= 4;
  const double alone = JudgeToday(days).value().score;
  days[70] *= 10;
  EXPECT_GT(JudgeToday(days).value().score, 0.8 * alone);
  EXPECT_TRUE(JudgeToday(days).value().unusual);
}

TEST(JudgeToday, KnowsTheWeekday) {
  std::mt19937_64 random(6);
  auto days = Days(random, 91, 80);  // ends on the weakest day of the week
  EXPECT_NEAR(JudgeToday(days).value().expected, 80 * 0.6 * 1.09, 8);
}

TEST(JudgeToday, RefusesWhatItCannotJudge) {
  std::mt19937_64 random(7);
  EXPECT_EQ(JudgeToday(Days(random, 62, 80)).error().code, Code::kTooLittle);
  EXPECT_TRUE(JudgeToday(Days(random, 63, 80)).ok());
  EXPECT_EQ(JudgeToday(Days(random, 91, 2)).error().hint, "judge the week instead");
  EXPECT_EQ(JudgeToday(std::vector<double>(91, 50.0)).error().code, Code::kTooLittle);
  auto unknown = Days(random, 91, 80);
  unknown[3] = std::nan("");
  EXPECT_EQ(JudgeToday(unknown).error().code, Code::kInput);
}

TEST(JudgeWeek, IsStudentsTOnLogarithms) {
  const std::vector<double> weeks = {3, 15, 3, 15, 3, 15, 3, 15, 63};
  const double low = std::log(3.5), high = std::log(15.5);
  const double mean = (low + high) / 2, deviation = (high - low) / 2 * std::sqrt(8.0 / 7);
  const WeekAnomaly anomaly = JudgeWeek(weeks).value();
  EXPECT_NEAR(anomaly.score, (std::log(63.5) - mean) / (deviation * std::sqrt(1 + 1.0 / 8)), 1e-12);
  EXPECT_NEAR(anomaly.expected, 9, 1e-12);
  EXPECT_EQ(anomaly.weeks, 8);
}

TEST(JudgeWeek, EvenWeeksVaryByChanceAtLeast) {
  std::vector<double> weeks(9, 100.0);
  weeks.back() = 115;
  EXPECT_FALSE(JudgeWeek(weeks).value().unusual);
  weeks.back() = 150;
  EXPECT_TRUE(JudgeWeek(weeks).value().unusual);
  weeks.back() = 50;
  EXPECT_TRUE(JudgeWeek(weeks).value().unusual);
  EXPECT_NEAR(JudgeWeek(std::vector<double>(9, 0.0)).value().p, 1, 1e-12);
}

TEST(JudgeWeek, ABurstOfThePastDoesNotHideTheNext) {
  std::vector<double> weeks = {10, 12, 9, 11, 10, 8, 90, 12, 11, 10, 90};
  const WeekAnomaly anomaly = JudgeWeek(weeks).value();
  EXPECT_TRUE(anomaly.unusual);
  EXPECT_EQ(anomaly.weeks, 9);
  EXPECT_LT(anomaly.expected, 11);
}

TEST(JudgeWeek, WeeksJudgedTogetherShareTheChance) {
  std::vector<double> weeks = {10, 12, 9, 11, 10, 8, 12, 11, 10, 26};
  EXPECT_TRUE(JudgeWeek(weeks).value().unusual);
  EXPECT_FALSE(JudgeWeek(weeks, 52).value().unusual);
}

TEST(JudgeWeek, KeepsItsChanceOnCounts) {
  std::mt19937_64 random(8);
  std::poisson_distribution<int> count(12);
  int below_a_tenth = 0, unusual = 0;
  constexpr int kRuns = 4000;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<double> weeks(13);
    for (double& week : weeks) week = count(random);
    const WeekAnomaly anomaly = JudgeWeek(weeks).value();
    below_a_tenth += anomaly.p < 0.1;
    unusual += anomaly.unusual;
  }
  EXPECT_LE(below_a_tenth, 0.1 * kRuns);
  EXPECT_GE(below_a_tenth, 0.03 * kRuns);
  EXPECT_LE(unusual, 0.05 * kRuns);
}

TEST(JudgeWeek, RefusesWhatIsNoCount) {
  EXPECT_FALSE(JudgeWeek(std::vector<double>(8, 3.0)).ok());
  EXPECT_FALSE(JudgeWeek(std::vector<double>(9, 0.5)).ok());
  EXPECT_FALSE(JudgeWeek(std::vector<double>(9, -1.0)).ok());
  EXPECT_FALSE(JudgeWeek(std::vector<double>(9, std::nan(""))).ok());
}

}  // namespace
}  // namespace backcast
