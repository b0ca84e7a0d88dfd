// SPDX-License-Identifier: Apache-2.0
// What a change is made of: factors of a product, mix and rates of segments, and the slope that outliers do
// not bend. Pure; METHODS 7.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace backcast {

/// How the parts were found.
enum class DecompositionMethod : std::uint8_t {
  kLogMean,  ///< log-mean Divisia index: order-free, sums over segments too
  kShapley,  ///< average over all orders of change, where a logarithm does not exist
};

/// Parts of the change of a product, in its unit; they sum to product(now) - product(before).
struct Decomposition {
  std::vector<double> parts;
  DecompositionMethod method = DecompositionMethod::kLogMean;
};

/// Most factors for Shapley's parts: 2^n products.
inline constexpr int kMostShapleyFactors = 10;

/// Factors of two periods in one order, finite. LMDI: B. W. Ang, Energy Policy 33 (2005). A factor that is
/// zero in a period, or changes its sign, has no logarithm of its change; replacing it by a small number goes
/// wrong (R. Wood, M. Lenzen, Energy Policy 34 (2006)), so the whole answer is then Shapley's over factors, n
/// <= 10. Refused: no factor, lists of two lengths, a value that is not finite, zeros among more than 10
/// factors.
Result<Decomposition> LmdiContributions(std::span<const double> before, std::span<const double> now);

/// Shapley's parts whatever the factors are, for at most kMostShapleyFactors; refused as LmdiContributions
/// refuses.
Result<Decomposition> ShapleyOverFactors(std::span<const double> before, std::span<const double> now);

/// Change of an overall rate by segment; sum(mix) + sum(rate) = now - before.
struct MixRate {
  std::vector<double>
      mix;  ///< because the segment's weight moved, towards or away from the average overall rate
  std::vector<double> rate;  ///< because the rate within the segment moved
  double before = 0, now = 0;
};
/// Weights (>= 0, summing to 1 in each period) and rates of the segments in both periods.
/// mix = (w1 - w0) ((r0 + r1)/2 - R), rate = (w0 + w1)/2 (r1 - r0), R the mean of both overall rates:
/// METHODS 7. Refused: lists of different lengths, weights that do not sum to 1 within 1e-6, values that are
/// not finite.
Result<MixRate> MixAndRate(std::span<const double> weights_before, std::span<const double> rates_before,
                           std::span<const double> weights_now, std::span<const double> rates_now);

/// Median of the slopes between all pairs, per step; NaN marks a missing step. H. Theil (1950), P. K. Sen,
/// JASA 63 (1968). O(n^2) in memory. Refused: under two values.
Result<double> TheilSenSlope(std::span<const double> values);

}  // namespace backcast
