// SPDX-License-Identifier: Apache-2.0
#include "measure/anomaly.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "measure/distributions.h"
#include "measure/robust.h"

namespace backcast {
namespace {

constexpr auto kWhere = "unusual day";
constexpr std::size_t kSameWeekdays = 6;
constexpr std::size_t kPastErrors = 56;
// Robust deviations above the middle from which a past week is a burst itself.
constexpr double kOutstanding = 3;
// First day whose error counts: three same weekdays before each of the seven days before it.
constexpr std::size_t kFirstError = 7 * kSameWeekdays / 2 + 7;

// Median of up to six same weekdays before `day`, which has at least one.
double OfSameWeekdays(std::span<const double> logs, std::size_t day) {
  std::vector<double> same;
  for (std::size_t back = 1; back <= kSameWeekdays && 7 * back <= day; ++back)
    same.push_back(logs[day - 7 * back]);
  return Median(std::move(same));
}

double Expected(std::span<const double> logs, std::size_t day) {
  std::vector<double> shifts;
  for (std::size_t before = day - 7; before < day; ++before) {
    shifts.push_back(logs[before] - OfSameWeekdays(logs, before));
  }
  // Half of the shift: all of it would chase one odd week.
  return OfSameWeekdays(logs, day) + Median(std::move(shifts)) / 2;
}

Result<Done> CheckDays(std::span<const double> daily) {
  for (const double value : daily) {
    if (!std::isfinite(value) || value < 0) {
      return Error{Code::kInput, kWhere, "a day is below zero or unknown",
                   "give a day without events the value 0"};
    }
  }
  if (daily.size() < static_cast<std::size_t>(kAnomalyDays)) {
    return Error{Code::kTooLittle, kWhere,
                 "needs " + std::to_string(kAnomalyDays) + " days, have " + std::to_string(daily.size()),
                 "wait, or load older exports"};
  }
  const auto recent = daily.subspan(daily.size() - std::min(daily.size(), kPastErrors + 1));
  if (Median({recent.begin(), recent.end() - 1}) < kAnomalyEvents) {
    return Error{Code::kTooLittle, kWhere, "fewer than 5 events a day are too few to judge a day by",
                 "judge the week instead"};
  }
  return Done{};
}

// Half an event more, so that a week without any has a logarithm.
double LogOfCount(double count) { return std::log(count + 0.5); }

struct UsualWeeks {
  double mean = 0, log_mean = 0, log_deviation = 0;
  int weeks = 0;
};

// Of at least two weeks; more than half of them always are usual.
UsualWeeks UsualOf(std::span<const double> past) {
  std::vector<double> logs;
  for (const double count : past) logs.push_back(LogOfCount(count));
  const double middle = Median(logs);
  // What the Poisson alone makes of the middle week.
  const double chance = std::exp(-middle / 2);
  const double highest = middle + kOutstanding * std::max(RobustDeviation(logs), chance);
  UsualWeeks usual;
  for (std::size_t week = 0; week < past.size(); ++week) {
    if (logs[week] > highest) continue;
    ++usual.weeks;
    usual.mean += past[week];
    usual.log_mean += logs[week];
  }
  usual.mean /= usual.weeks;
  usual.log_mean /= usual.weeks;
  double squares = 0;
  for (const double log : logs) {
    if (log <= highest) squares += (log - usual.log_mean) * (log - usual.log_mean);
  }
  usual.log_deviation = std::max(std::sqrt(squares / (usual.weeks - 1)), chance);
  return usual;
}

}  // namespace

Result<DayAnomaly> JudgeToday(std::span<const double> daily) {
  BACKCAST_CHECK(CheckDays(daily));
  std::vector<double> logs;
  for (const double value : daily) logs.push_back(std::log1p(value));
  const std::size_t today = logs.size() - 1;
  const std::size_t first = std::max(kFirstError, today - std::min(today, kPastErrors));
  std::vector<double> errors;
  for (std::size_t day = first; day < today; ++day) errors.push_back(logs[day] - Expected(logs, day));
  const double centre = Median(errors), spread = RobustDeviation(errors);
  if (spread <= 0) {
    return Error{Code::kTooLittle, kWhere, "the days before hardly differ from what was expected",
                 "check that the export holds measured days"};
  }
  DayAnomaly anomaly;
  const double expected = Expected(logs, today) + centre;
  anomaly.expected = std::expm1(expected);
  anomaly.score = (logs[today] - expected) / spread;
  anomaly.errors = static_cast<int>(errors.size());
  anomaly.unusual = std::abs(anomaly.score) > kAnomalyScore;
  return anomaly;
}

Result<WeekAnomaly> JudgeWeek(std::span<const double> weekly, int judged) {
  constexpr auto kWeek = "unusual week";
  if (weekly.size() < static_cast<std::size_t>(kAnomalyWeeks)) {
    return Error{Code::kTooLittle, kWeek,
                 "needs " + std::to_string(kAnomalyWeeks) + " weeks, have " + std::to_string(weekly.size()),
                 "wait, or load older exports"};
  }
  for (const double count : weekly) {
    if (!(count >= 0 && std::isfinite(count)) || count != std::floor(count))
      return Error{Code::kInput, kWeek, "a week is not a count", "pass whole numbers of events"};
  }
  const std::size_t weeks = std::min(weekly.size() - 1, static_cast<std::size_t>(kAnomalyPastWeeks));
  const UsualWeeks usual = UsualOf(weekly.subspan(weekly.size() - 1 - weeks, weeks));
  WeekAnomaly anomaly;
  anomaly.expected = usual.mean;
  anomaly.weeks = usual.weeks;
  anomaly.score =
      (LogOfCount(weekly.back()) - usual.log_mean) / (usual.log_deviation * std::sqrt(1 + 1.0 / usual.weeks));
  anomaly.p = StudentTwoSidedP(anomaly.score, usual.weeks - 1);
  anomaly.unusual = anomaly.p < kAnomalyChance / std::max(1, judged);
  return anomaly;
}

}  // namespace backcast
