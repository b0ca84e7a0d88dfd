// SPDX-License-Identifier: Apache-2.0
// Effects of many groups (content themes) drawn towards their common mean as far as chance explains how they
// differ: the best of twelve is no longer best by luck. Empirical Bayes, METHODS 5.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"

namespace backcast {

/// One group, all in the unit of the means (usually logs).
struct ShrunkenEffect {
  double plain_estimate = 0;  ///< posterior mean, variances taken as known
  double plain_sd = 0;        ///< its posterior sd; too short when groups differ (covers 85 % to 95 %)
  double estimate = 0;        ///< with the degrees-of-freedom correction of Morris: the one to report
  double sd = 0;              ///< its sd, which counts what is not known of the mean and the variance between
};

/// The groups together.
struct Shrinkage {
  double mean = 0;              ///< common mean
  double between_variance = 0;  ///< of the true effects; 0 when chance explains all
  std::vector<ShrunkenEffect> groups;
};

/// Fewest groups: below four the correction of Morris is undefined (METHODS 0 asks for four themes).
inline constexpr int kFewestGroups = 4;

/// `means` and their `standard_errors` > 0, one each per group. Variance between groups by R. C. Paule, J.
/// Mandel, J. Res. Nat. Bur. Standards 87 (1982); corrected estimate and variance by C. N. Morris, JASA 78
/// (1983), in the form B = (K-3)/(K-1) v/(v+t), sd^2 = v (1 - (K-1)/K B) + 2/(K-3) B^2 (m - mean)^2
/// average(v+t)/(v+t). Refused: under kFewestGroups groups, lists of two lengths, a standard error that is
/// not above zero.
Result<Shrinkage> EmpiricalBayes(std::span<const double> means, std::span<const double> standard_errors);

}  // namespace backcast
