// SPDX-License-Identifier: Apache-2.0
// How much a weekly number moves by itself, with what is not known of its memory carried along.
#pragma once

#include <span>
#include <vector>

namespace backcast {

/// A memory that the weeks may have, and what they say if they have it.
struct NoiseCase {
  double memory = 0;    ///< first autocorrelation of an AR(1)
  double variance = 0;  ///< of one week
  double weight = 0;    ///< likelihood of this memory; the weights of all cases sum to 1
};

struct WeeklyNoise {
  std::vector<NoiseCase> cases;  ///< empty with fewer than kWeeksForNoise known weeks
  double degrees = 0;            ///< of freedom of each variance: weeks used - 2
  int incidents = 0;             ///< weeks that were left out
};

/// Known weeks without which nothing is said.
inline constexpr int kWeeksForNoise = 5;

/// Noise of consecutive weeks (ln of their values, NaN = not known) around their straight line.
///
/// Memory is not known well in a short series, and whoever takes the most likely one for the truth is sure
/// too soon: every memory from 0 to 0.8 in steps of 0.1 is kept, weighted by its restricted likelihood (H.
/// D. Patterson and R. Thompson, Biometrika 58 (1971); the line is integrated out, gaps are bridged exactly).
/// A probability is the mean over the cases: with flat priors on memory, line and ln variance this is the
/// posterior one.
///
/// Incidents, weeks so far from the median line (Theil 1950, Sen 1968) that chance brings one in fifty such
/// series, are taken for not known; cut to a bound they would still count as noise and hide the next break.
/// When they are more than a fifth of the weeks they are how this series is, and stay.
WeeklyNoise NoiseOfWeeks(std::span<const double> weekly);

}  // namespace backcast
