// SPDX-License-Identifier: Apache-2.0
// Whether one of something costs less here than there: two counts with known costs. Pure.
#pragma once

#include "base/result.h"
#include "measure/interval.h"

namespace backcast {

/// What was spent and what came of it.
struct CostCount {
  double cost = 0;        ///< above zero
  double count = 0;       ///< zero or more
  double dispersion = 1;  ///< variance of the count over its mean, at least 1 (week_dispersion.h)
};

struct CostRatio {
  double ratio =
      0;  ///< cost per one of the first over that of the second; 0 or infinite where a count is zero
  Interval interval;  ///< excludes 1 exactly when p < 1 - level; high may be infinite, low may be 0
  double p = 1;       ///< two-sided, of both costing the same
};

/// Given both counts together, the first is binomial; with equal cost per one its chance is its share of the
/// cost. Exact limits of that chance (C. J. Clopper, E. S. Pearson, Biometrika 26 (1934)) are limits of the
/// ratio; p is twice the smaller tail. J. Przyborowski, H. Wilenski, Biometrika 31 (1940); this conditional
/// test errs on the safe side, see K. Krishnamoorthy, J. Thomson, J. Stat. Plan. Inference 119 (2004). A
/// count that varies more than Poisson enters divided by its dispersion, as the count that would be known
/// as well (quasi-Poisson: P. McCullagh, J. A. Nelder, Generalized Linear Models, 1989, 6.2). Symmetric:
/// exchanging the two gives 1 / ratio and the same p. Errors: kInput for costs not above zero, counts below
/// zero or both zero, dispersions below 1.
Result<CostRatio> CompareCosts(const CostCount& first, const CostCount& second, double level = 0.95);

/// Cost of one with the limits of CostPerInterval, the count taken at what it is worth under its dispersion.
/// Same errors as CostPerInterval, and dispersions below 1.
Result<Interval> CostPerWithin(const CostCount& one, double level = 0.95);

/// Events that the smaller of two counts needs so that rates differing by `ratio` (not 1, above zero) are
/// told apart with 80 % power at 5 % (METHODS 11), times the dispersion.
double CountNeeded(double ratio, double dispersion = 1);

}  // namespace backcast
