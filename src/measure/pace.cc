// SPDX-License-Identifier: Apache-2.0
#include "measure/pace.h"

#include <algorithm>
#include <cmath>

#include "measure/distributions.h"

namespace backcast {

std::optional<Spread> WeeklySpread(std::span<const double> weekly, bool sums, double weeks_in_period) {
  const auto count = static_cast<double>(weekly.size());
  if (weekly.size() < static_cast<std::size_t>(kWeeksForVerdict) || weeks_in_period <= 0) return std::nullopt;
  double mean = 0;
  for (const double value : weekly) mean += value / count;
  const double middle = (count - 1) / 2;
  double with_time = 0, of_time = 0;
  for (std::size_t week = 0; week < weekly.size(); ++week) {
    const double time = static_cast<double>(week) - middle;
    with_time += time * (weekly[week] - mean);
    of_time += time * time;
  }
  const double slope = with_time / of_time;
  double squares = 0;
  for (std::size_t week = 0; week < weekly.size(); ++week) {
    const double rest = weekly[week] - mean - slope * (static_cast<double>(week) - middle);
    squares += rest * rest;
  }
  const double deviation = std::sqrt(squares / (count - 2));
  // A sum of w independent weeks spreads sqrt(w) times as far as one week, their mean 1/sqrt(w) times.
  const double scale = sums ? std::sqrt(weeks_in_period) : 1 / std::sqrt(weeks_in_period);
  Spread spread;
  spread.weeks = static_cast<int>(weekly.size());
  spread.half_width = StudentCritical(spread.level, count - 2) * deviation * scale;
  return spread;
}

double TargetLine::On(Day day) const {
  if (by <= from) return target;
  const double share = static_cast<double>((day - from).count()) / static_cast<double>((by - from).count());
  return baseline + (target - baseline) * std::clamp(share, 0.0, 1.0);
}

std::optional<double> Pace(double value, double expected, bool lower_is_better) {
  const double part = lower_is_better ? expected : value;
  const double whole = lower_is_better ? value : expected;
  if (whole == 0 || (part < 0) != (whole < 0)) return std::nullopt;
  return part / whole;
}

}  // namespace backcast
