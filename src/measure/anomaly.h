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

/// Weeks needed, this one among them, and the most of the past that is looked at.
inline constexpr int kAnomalyWeeks = 9, kAnomalyPastWeeks = 26;
/// Two-sided chance that any of the weeks judged together is called unusual, where none is.
inline constexpr double kAnomalyChance = 0.05;

/// This week against those before.
struct WeekAnomaly {
  double expected = 0;  ///< mean of the usual weeks before, in the unit of the values
  double score = 0;     ///< Student's t on ln(0.5 + count)
  double p = 1;         ///< two-sided, of this week alone
  int weeks = 0;        ///< usual weeks behind it
  bool unusual = false;
};
/// `weekly`: counts of consecutive weeks, whole numbers >= 0, oldest first, the last is the one judged;
/// `judged`: weeks that are judged together with it, itself among them, >= 1. People come in clusters, so
/// weeks vary more than the Poisson says: this week is one more of the last kAnomalyPastWeeks on ln(0.5 +
/// count), their deviation estimated and never below chance alone, and the limit of p is kAnomalyChance over
/// `judged` (Bonferroni). Weeks of the past that stand out upwards by over three robust deviations are set
/// aside: a burst would hide the next one. In series without bursts, up to twice as spread as the Poisson on
/// ln and with a memory of 0.5 from week to week, at most 5 % of series name any (the tests). Refused: under
/// kAnomalyWeeks weeks (too little), a value that is no count.
Result<WeekAnomaly> JudgeWeek(std::span<const double> weekly, int judged = 1);

}  // namespace backcast
