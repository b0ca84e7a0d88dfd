// SPDX-License-Identifier: Apache-2.0
// What is said more here than there: log-odds with an informative Dirichlet prior. Pure. METHODS 12.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"

namespace backcast {

/// Of one term, first group against second.
struct SaidMore {
  double log_odds = 0;  ///< natural log of the ratio of the odds, shrunk towards 0
  double z = 0;         ///< above 0: more in the first group
  double p = 1;         ///< two-sided, normal
  double q = 1;         ///< p adjusted for all terms (Benjamini and Hochberg)
  bool sure = false;    ///< |z| > 3 and q <= 0.05
};

/// One entry per term from its counts in both groups. The prior is the two together, scaled to `prior` words
/// (500): a term must be said more than chance in all that is said would let it. B. Monroe, M. Colaresi, K.
/// Quinn, Fightin' Words, Political Analysis 16 (2008), equations 16, 20 and 22. Errors: kTooLittle when a
/// group has no counts; kInternal when the spans differ in length or a count is below 0 or no number.
Result<std::vector<SaidMore>> CompareTerms(std::span<const double> first, std::span<const double> second,
                                           double prior = 500);

}  // namespace backcast
