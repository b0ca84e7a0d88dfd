// SPDX-License-Identifier: Apache-2.0
// A change taken apart so that the parts add up to it exactly.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace backcast {

struct Decomposition {
  enum class Method : std::uint8_t { kLmdi, kShapley };
  std::vector<double> parts;  ///< one per factor; their sum is the change of the product
  Method method = Method::kLmdi;
};

/// Parts of product(now) - product(before), in the unit of the product. Logarithmic mean Divisia index (Ang
/// 2004; Ang and Liu 2007): exact, free of order. Where a factor is zero or negative its logarithm does not
/// exist, and the parts are Shapley values over the factors (Shorrocks 2013); with more than ten factors
/// these take the factors after the tenth together as one and share its part equally. Both spans have the
/// same length.
Decomposition Decompose(std::span<const double> before, std::span<const double> now);

struct MixRate {
  std::vector<double> mix, rate;  ///< one per group; all together are the change of the overall rate
};

/// Change of sum(w r) for weights that sum to 1: what came from other groups growing (mix) and what from each
/// group doing another thing (rate); the cross term is halved between them (Marshall 1924, METHODS 7).
MixRate MixAndRate(std::span<const double> weights_before, std::span<const double> rates_before,
                   std::span<const double> weights_now, std::span<const double> rates_now);

/// Median of the slopes between all pairs of points one step apart in x (Sen 1968); 0 below two points.
double TheilSenSlope(std::span<const double> values);

}  // namespace backcast
