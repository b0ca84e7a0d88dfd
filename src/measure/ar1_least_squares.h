// SPDX-License-Identifier: Apache-2.0
// Regression of a series whose errors remember, honest in short series.
#pragma once

#include <optional>
#include <span>

#include "measure/regression.h"

namespace backcast {

/// Least squares with AR(1) errors of unknown memory: every memory of a grid (-0.5 to 0.98) is weighted by
/// its restricted likelihood (Harville 1977; Prais and Winsten 1954 for the first row), and coefficients and
/// standard errors are those of the mixture (Zellner and Tiao 1964, with a flat prior), so that not knowing
/// the memory is part of the error. `memory` is the weighted mean; residuals are those of the untransformed
/// rows. Nothing when there are fewer than three rows more than columns or the columns depend on each other.
std::optional<Regression> Ar1LeastSquares(std::span<const double> y, const Columns& columns);

}  // namespace backcast
