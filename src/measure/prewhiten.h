// SPDX-License-Identifier: Apache-2.0
// Two weekly series without what makes any two series alike: trend, season, memory, shared and single jumps.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace backcast {

/// Residuals of an autoregression of the order 1 to 4 that the Bayesian information criterion prefers, all
/// orders judged on the same weeks; shorter than the input by that order. The order is never nought: an
/// autoregression too many costs a week, one too few makes false links.
std::vector<double> WithoutMemory(std::span<const double> values);

struct Whitened {
  std::vector<double> x, y;  ///< of equal length, the last weeks of the input; 0 in weeks with a shared jump
  /// What |r| of the two has to be multiplied with before it is compared with permutations: both lost the
  /// same trend, season and weeks, which makes two unrelated series more alike than shuffled ones.
  double shrink = 1;
  std::vector<std::size_t> jumps;  ///< weeks of the input in which both jump (SharedJumps)
};

/// Both series without trend and season, without the weeks in which both jump, each without its own memory,
/// cut at three robust standard deviations. Nothing when one of them does not move.
std::optional<Whitened> Prewhiten(std::span<const double> x, std::span<const double> y);

}  // namespace backcast
