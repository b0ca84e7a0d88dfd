// SPDX-License-Identifier: Apache-2.0
// Two weekly series without what makes any two series alike: trend, season, memory, single spikes.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace backcast {

/// Pairs of yearly waves that so many weeks can bear: none below a year, one below two, then two.
int HarmonicsFor(std::size_t weeks);

/// Residuals of an autoregression of the order up to 4 that the Bayesian information criterion prefers;
/// shorter than the input by that order.
std::vector<double> WithoutMemory(std::span<const double> values);

/// Both series without trend and season, each without its own memory, cut at three robust standard
/// deviations, over their common last weeks. Nothing when one of them does not move.
std::optional<std::pair<std::vector<double>, std::vector<double>>> Prewhiten(std::span<const double> x,
                                                                             std::span<const double> y);

}  // namespace backcast
