// SPDX-License-Identifier: Apache-2.0
// Intervals of shares, counts, costs, ratios, promoter scores and quantiles. The unit of chance is the post,
// the person or the ad-day, never the impression (METHODS 0, rule 4). Pure. Sources: METHODS 1 and the papers
// named.
#pragma once

#include <span>

#include "base/result.h"

namespace backcast {

/// Both limits in the unit of what they enclose; `high` may be infinite where the method says so.
struct Interval {
  double low = 0, high = 0;
};

/// Share of `k` in `n` independent units, 0 <= k <= n, n > 0. E. B. Wilson, JASA 22 (1927). Stays within [0,
/// 1] and is right at k = 0 and k = n. Not for impressions of posts that differ: RatioInterval.
Result<Interval> WilsonInterval(double k, double n, double level = 0.95);

/// Share of `k1` in `n1` less share of `k2` in `n2`, of two independent samples: R. G. Newcombe's method 10
/// (Statistics in Medicine 17 (1998)), from the limits of WilsonInterval; refused as that is.
Result<Interval> ShareDifferenceInterval(double k1, double n1, double k2, double n2, double level = 0.95);

/// Mean of a Poisson variable of which `count` >= 0 was seen; exact. F. Garwood, Biometrika 28 (1936).
Result<Interval> PoissonInterval(double count, double level = 0.95);

/// Cost of one: `cost` >= 0 over the limits of PoissonInterval(count), in the unit of the cost. With count 0
/// there is no upper limit: `high` is infinite.
Result<Interval> CostPerInterval(double cost, double count, double level = 0.95);

/// A net promoter score in points, -100 to 100, with 1.96 standard errors of a variable of +1, 0, -1.
struct NetPromoterScore {
  double value = 0;
  Interval interval;  ///< 95 %; not cut off at +-100
};
/// `promoters` and `detractors` of `n` answers, each >= 0, together at most n. METHODS 1.
Result<NetPromoterScore> NpsInterval(double promoters, double detractors, double n);

/// A ratio of sums and what is known of it.
struct RatioEstimate {
  double value = 0;
  Interval interval;
  double standard_error = 0;
  int clusters = 0;  ///< the m of the m - 1 degrees of freedom
};
/// R = sum(numerators) / sum(denominators), one entry of each per cluster (post, person, campaign-day).
/// Delta method over clusters with Student's t of m - 1 degrees of freedom: A. Deng, U. Knoblich, J. Lu,
/// arXiv 1803.06336. Refused: under two clusters, a negative denominator, denominators that sum to zero. With
/// few clusters the interval is somewhat short: 84 % to 91 % for nominal 95 % at 5 to 20 posts (METHODS 1).
Result<RatioEstimate> RatioInterval(std::span<const double> numerators, std::span<const double> denominators,
                                    double level = 0.95);

/// A quantile of a sample and its limits, which are values of the sample.
struct QuantileEstimate {
  double value = 0;  ///< smallest value that at least a share q of the sample does not exceed
  Interval interval;
  bool both_limits_exist = false;  ///< else a limit is the end of the sample and its level is not kept
};
/// The q-quantile, 0 < q < 1, of `values` in any order, at least one. Limits by order statistics, free of any
/// distribution: H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed., 7.1.
Result<QuantileEstimate> QuantileInterval(std::span<const double> values, double q, double level = 0.95);

/// The fewest values for which both limits of QuantileInterval exist: 6 for a median, 36 for the 90th
/// percentile at 95 %. 0 < q < 1, 0 < level < 1.
int FewestForQuantile(double q, double level = 0.95);

}  // namespace backcast
