// SPDX-License-Identifier: Apache-2.0
// Linear regression with honest errors for series (Eigen behind one door).
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace backcast {

/// Columns of equal length; a constant is a column like any other.
using Columns = std::vector<std::vector<double>>;

struct Regression {
  std::vector<double> coefficients, errors;  ///< one per column; standard errors
  std::vector<double> residuals;             ///< one per row
  double degrees = 0;                        ///< rows - columns
  double memory = 0;  ///< first autocorrelation of the errors; 0 for ordinary least squares
};

/// Ordinary least squares. Nothing when there are no more rows than columns or the columns depend on each
/// other.
std::optional<Regression> LeastSquares(std::span<const double> y, const Columns& columns);

/// What moves slowly over weekly rows 0 .. rows - 1 and is no news: a constant, a straight line and
/// `harmonics` pairs of yearly waves.
Columns TrendAndYear(std::size_t rows, int harmonics);

/// The same with as much season as so many weeks can bear: from half a year on a bow (the square of the
/// line), which is what a wave looks like from near; from a year on one pair of waves, from two years on two.
Columns SlowMovement(std::size_t rows);

}  // namespace backcast
