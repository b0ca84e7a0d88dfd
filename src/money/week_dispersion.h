// SPDX-License-Identifier: Apache-2.0
// How much more a count varies than chance alone would make it: people come in clusters. Pure.
#pragma once

#include <span>

namespace backcast {

/// Whole weeks below which no dispersion is known.
inline constexpr int kWeeksForDispersion = 8;

struct Dispersion {
  double factor = 1;   ///< variance over mean of the count of `period_weeks` weeks; at least 1
  double degrees = 0;  ///< of freedom
  int weeks = 0;       ///< whole weeks used; 0: too few, `factor` is chance alone
};

/// From the counts of consecutive whole weeks (NaN where not known), oldest first, for a count that is the
/// sum of `period_weeks` of them. Pearson's X2 over its degrees around a straight line (McCullagh and Nelder
/// 1989, 6.2), and from two weeks on the products of residuals of neighbouring weeks with Bartlett's weights
/// (W. K. Newey, K. D. West, Econometrica 55 (1987)): a good week that is followed by another adds more than
/// itself. What is beyond chance is only estimated and is taken wider by Student's t. Never below 1, and
/// never below the one without neighbours.
Dispersion DispersionOf(std::span<const double> weekly, double period_weeks);

}  // namespace backcast
