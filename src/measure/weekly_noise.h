// SPDX-License-Identifier: Apache-2.0
// How much a weekly number moves by itself, with what is not known of its memory carried along.
#pragma once

#include <span>
#include <vector>

#include "measure/regression.h"

namespace backcast {

/// A memory that the weeks may have, and what they say if they have it.
struct NoiseCase {
  double memory = 0;    ///< first autocorrelation of an AR(1)
  double variance = 0;  ///< of one week
  double weight = 0;    ///< likelihood of this memory; the weights of all cases sum to 1
};

struct WeeklyNoise {
  std::vector<NoiseCase> cases;  ///< empty where too few weeks are known
  double degrees = 0;            ///< of freedom of each variance: weeks used - columns of the level
  int incidents = 0;             ///< weeks that were left out
};

/// Known weeks more than columns of the level without which nothing is said.
inline constexpr int kSpareWeeks = 2;

/// Noise of consecutive weeks (ln of their values, NaN = not known) around the level that `level` can bend
/// to, one row a week.
///
/// Memory is not known well in a short series, and whoever takes the most likely one for the truth is sure
/// too soon: every memory from 0 to 0.8 in steps of 0.1 is kept, weighted by its restricted likelihood (H. D.
/// Patterson and R. Thompson, Biometrika 58 (1971); the level is integrated out, gaps are bridged exactly). A
/// probability is the mean over the cases: with flat priors on memory, level and ln variance it is the
/// posterior one. More memory than 0.8 is not seen and taken for 0.8. Nothing where the columns depend on
/// each other.
WeeklyNoise NoiseAround(std::span<const double> weekly, const Columns& level);

/// Noise around a straight line. Incidents, weeks so far from the median line (Theil 1950, Sen 1968) that
/// chance brings one in fifty such series, are taken for not known; cut to a bound they would still count as
/// noise and hide the next break. When they are more than a fifth of the weeks they are how this series is,
/// and stay.
WeeklyNoise NoiseOfWeeks(std::span<const double> weekly);

/// The error of a weighted sum of consecutive weeks, one case for each memory.
struct SumError {
  std::vector<double> deviations, weights;
  double degrees = 1;

  double Variance() const;  ///< mean over the cases
  /// Chance of a value at least as far from 0 as `value`, Student's t.
  double TwoSidedP(double value) const;
  /// Chance exceeds it with 1 - `level`, 0 < level < 1, to four digits.
  double HalfWidth(double level) const;
};

/// Variances below `least` are taken for `least`, and without cases it is all that is known; degrees of
/// freedom are at least 3.
SumError ErrorOfSum(const WeeklyNoise& noise, std::span<const double> weights, double least = 0);

}  // namespace backcast
