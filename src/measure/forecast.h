// SPDX-License-Identifier: Apache-2.0
// How a period that is under way will end, and whether its pace is right for this part of it: days differ by
// weekday and season, and scatter more than counts of independent events would. METHODS 9.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/result.h"
#include "measure/interval.h"

namespace backcast {

/// Days before a profile is fitted: eight weeks.
inline constexpr int kForecastDays = 56;
/// One season, and the two that must have been seen before anything longer than one is forecast.
inline constexpr int kSeasonDays = 365;

/// Consecutive days, oldest first.
struct DailyValues {
  std::span<const double> values;  ///< counts or money of each day, >= 0; NaN is a missing day
  int first_weekday = 0;           ///< 0 to 6 of the first, in any fixed numbering
  /// What season does to each day, as a factor > 0 around 1, one per value; none: no season.
  std::span<const double> season = {};
};

/// What a day of each weekday brings.
struct WeekdayProfile {
  std::array<double, 7> level{};  ///< by weekday, in the unit of the values, season taken out
  double dispersion = 1;          ///< variance over mean around the profile, at least 1 (Poisson)
  int days = 0;                   ///< days behind it, missing ones left out
};
/// Ratio of sums by weekday, the Poisson maximum of likelihood; dispersion from Pearson's residuals with days
/// - 7 degrees of freedom: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed., 6.2. Refused:
/// under kForecastDays days; a weekday that never occurs; a value below zero; a season not above zero or of
/// another length.
Result<WeekdayProfile> FitWeekdayProfile(const DailyValues& history);

/// What the profile expects of `days` consecutive days from `first_weekday` on; `season` as in DailyValues.
std::vector<double> ExpectedDays(const WeekdayProfile& profile, int first_weekday, int days,
                                 std::span<const double> season = {});

/// actual / (target * share of the period that its first `elapsed` days usually bring); 1 is on pace.
/// `expected`: of all days of the period, any unit. Linear pacing is off by up to 7 % from weekdays alone.
/// Refused: a target or an expectation so far that is not above zero, elapsed outside 1 .. days.
Result<double> SeasonPace(double actual, double target, std::span<const double> expected, int elapsed);

/// How a period ends.
struct PeriodForecast {
  double rest = 0;    ///< expected of the days to come
  double total = 0;   ///< with what is there
  Interval interval;  ///< of the total; never below what is there
};
/// `actual` is there of the period and `history` ends with the last day that is in it; `rest_days` >= 1
/// follow, of season `rest_season`. sd = sqrt(dispersion * mean * (1 + rest_days / days)), Student's t.
/// Covers 94 % to 95 % of month ends at a daily log sd of .15, where plain Poisson covers 80 %; days are
/// taken as independent and the level as steady, so a trend or a long memory makes it too narrow. Refused as
/// FitWeekdayProfile, and more than kSeasonDays ahead on less than two seasons.
Result<PeriodForecast> ForecastPeriod(const DailyValues& history, double actual, int rest_days,
                                      std::span<const double> rest_season = {}, double level = 0.95);

}  // namespace backcast
