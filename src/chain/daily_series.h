// SPDX-License-Identifier: Apache-2.0
// One number by day, kept in the parts from which any longer stretch is computed again: a rate is summed as
// its dividend and its divisor, never averaged (METHODS 0.3).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/day.h"

namespace backcast {

/// How days are put together.
enum class Combine : std::uint8_t {
  kSum,   ///< counts, money
  kRate,  ///< sum of dividends / sum of divisors
  kLast,  ///< the last day that has a value (followers, backlog)
  kMean,  ///< mean of the days; only a shape, for people counted anew each day, times, scores
};

struct DailySeries {
  Combine combine = Combine::kSum;
  Day first{};
  std::vector<double> amount;  ///< one per day; the dividend of a rate; NaN = nothing was reported
  std::vector<double> base;    ///< the divisor of a rate, as many as `amount`; else empty

  Window days() const;
  bool empty() const { return amount.empty(); }
  /// The value of a stretch; nothing when the stretch is not inside days(), when a day of a sum is missing,
  /// or when a rate has no divisor in it.
  std::optional<double> Over(const Window& window) const;
  /// What the value rests on: the sum itself for kSum, the divisor for kRate, days with a value for the rest.
  double Events(const Window& window) const;
};

/// Values of whole weeks of seven days, oldest first; the last one ends with the day before `end`. Weeks that
/// are not wholly inside the series are left out; a week without a value is NaN. At most `most` weeks.
std::vector<double> WeeksBefore(const DailySeries& series, Day end, int most);

/// total - part by day, for sums over the same days: what happened outside the part.
DailySeries Elsewhere(const DailySeries& total, const DailySeries& part);

/// The scale on which links are looked at: ln for a series that is always above zero; ln(1 + x)
/// for counts with zeros; the value itself for anything else.
std::vector<double> OnLogScale(const std::vector<double>& values, Combine combine);

}  // namespace backcast
