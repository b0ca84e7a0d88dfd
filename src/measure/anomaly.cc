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

Result<WeekAnomaly> JudgeWeek(std::span<const double> weekly) {
  constexpr auto kWeek = "unusual week";
  constexpr double kMost = 1e9;
  if (weekly.size() < static_cast<std::size_t>(kAnomalyWeeks)) {
    return Error{Code::kTooLittle, kWeek,
                 "needs " + std::to_string(kAnomalyWeeks) + " weeks, have " + std::to_string(weekly.size()),
                 "wait, or load older exports"};
  }
  double sum = 0;
  for (const double count : weekly) {
    if (!(count >= 0 && count <= kMost) || count != std::floor(count)) {
      return Error{Code::kInput, kWeek, "a week is not a count", "pass whole numbers of events"};
    }
    sum += count;
  }
  if (sum > kMost) {
    return Error{Code::kInput, kWeek, "that many events need no exact tail", "judge the day instead"};
  }
  const int all = static_cast<int>(sum), now = static_cast<int>(weekly.back());
  const auto weeks = static_cast<double>(weekly.size());
  const double at_most = BinomialAtMost(now, all, 1 / weeks);
  const double at_least = 1 - BinomialAtMost(now - 1, all, 1 / weeks);
  WeekAnomaly anomaly;
  anomaly.expected = (sum - now) / (weeks - 1);
  anomaly.p = std::min(1.0, 2 * std::min(at_most, at_least));
  anomaly.unusual = anomaly.p < kAnomalyChance;
  return anomaly;
}

}  // namespace backcast
