// SPDX-License-Identifier: Apache-2.0
// Where a number stands against a target that grows from its baseline, and whether the difference is more
// than the week-to-week spread. Pure: no clock, no file. Source: METHODS 9 (pace), with the spread taken from
// the weeks before.
#pragma once

#include <optional>
#include <span>

#include "base/day.h"

namespace backcast {

/// Weeks needed before a verdict is given (METHODS 0: pace and forecast).
inline constexpr int kWeeksForVerdict = 8;

/// Half-width of the interval around a period's value that the week-to-week spread explains.
struct Spread {
  double half_width = 0;  ///< same unit as the period's value
  double level = 0.95;
  int weeks = 0;  ///< weeks behind it
};

/// `weekly`: the metric's values of whole consecutive weeks, oldest first, missing ones left out. A straight
/// line is taken out, the rest is noise; Student's t with weeks - 2 degrees of freedom. `sums`: the period's
/// value is the sum of its weeks (counts, money); else their mean (rates). `weeks_in_period`: length of the
/// period in weeks, > 0. Nothing below kWeeksForVerdict weeks. The weeks are taken as independent after
/// detrending; a strong season widens it.
std::optional<Spread> WeeklySpread(std::span<const double> weekly, bool sums, double weeks_in_period);

/// The straight line from the baseline (at the end of its period) to the target (on its day).
struct TargetLine {
  double baseline = 0, target = 0;
  Day from{}, by{};
  /// Where the line stands on `day`; the baseline before it, the target after it.
  double On(Day day) const;
};

/// value / expected where higher is better, expected / value where lower is better; nothing when a part is
/// zero or of another sign.
std::optional<double> Pace(double value, double expected, bool lower_is_better);

}  // namespace backcast
