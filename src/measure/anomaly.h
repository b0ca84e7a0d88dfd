// SPDX-License-Identifier: Apache-2.0
// Whether a day, or a week of few events, is unlike the ones before. METHODS 9.
#pragma once

#include <span>

#include "base/result.h"

namespace backcast {

/// Days needed, today among them.
inline constexpr int kAnomalyDays = 63;
/// Events a day below which days are too coarse and weeks are asked instead.
inline constexpr double kAnomalyEvents = 5;
/// Size of z at which a day is unusual.
inline constexpr double kAnomalyScore = 3.5;

/// Today against what was to be expected yesterday.
struct DayAnomaly {
  double expected = 0;  ///< in the unit of the values
  double score = 0;     ///< z: error over the robust spread of past errors, on ln(1 + value)
  int errors = 0;       ///< past errors behind the spread
  bool unusual = false;
};
/// `daily`: consecutive days, oldest first, the last is today; each >= 0. Expected is the median of the last
/// six same weekdays on ln(1 + value), plus half the median shift of the last seven days against theirs. z
/// divides by 1.4826 times the median absolute deviation of the last 56 such errors, each made before its day
/// was seen: errors within a fit are too small and ring falsely on a quarter of days. Rings falsely on 0.5 %
/// to 0.7 % of days (1.4 % to 1.7 % at 3), finds a third of days 80 % too high. Refused as too little: under
/// kAnomalyDays days, a median under kAnomalyEvents a day (ask WeekAnomaly), days that hardly ever differ
/// from what was expected. Refused: a value below zero or unknown.
Result<DayAnomaly> JudgeToday(std::span<const double> daily);

/// Weeks needed, this one among them.
inline constexpr int kAnomalyWeeks = 9;
/// Two-sided chance below which a week is unusual: that of kAnomalyScore under the normal.
inline constexpr double kAnomalyChance = 0.000465;

/// This week against the mean of those before.
struct WeekAnomaly {
  double expected = 0;
  double p = 1;  ///< two-sided: twice the smaller exact tail
  bool unusual = false;
};
/// `weekly`: counts of consecutive weeks, whole numbers >= 0, oldest first, the last is the one judged. Exact
/// Poisson tail that allows for the mean being estimated: given their sum, this week is binomial with chance
/// 1 / weeks (J. Przyborowski, H. Wilenski, Biometrika 31 (1940)). Events that come in bursts scatter more
/// and ring too often. Refused: under kAnomalyWeeks weeks (too little), a value that is no count, or more
/// than a thousand million in all.
Result<WeekAnomaly> JudgeWeek(std::span<const double> weekly);

}  // namespace backcast
