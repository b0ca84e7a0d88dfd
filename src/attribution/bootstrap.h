// SPDX-License-Identifier: Apache-2.0
// How far the shares of all models would have moved with other persons of the same kind: a Poisson bootstrap
// over persons. B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993); N. Chamandy et al.,
// Estimating Uncertainty for Massive Data Streams (2012).
#pragma once

#include <cstdint>
#include <vector>

#include "attribution/poisson_draws.h"
#include "attribution/tally.h"

namespace backcast {

/// One resample. `values`: shares of what the conversions are worth under the models that look at one journey
/// only; empty vectors where nothing is worth anything.
struct Resampled {
  ModelShares counts, values;
};

/// Shares of `resamples` resamples. Every person comes 0, 1, 2 ... times, Poisson with mean one, with all of
/// their journeys; persons of one path with no other journey are drawn together. A conversion keeps its own
/// value; a table of paths does not tell the values of one path apart, so each has their mean. The answer
/// depends on `seed` and not on `threads` (at least 1).
std::vector<Resampled> Resample(const TallyPlan& plan, int resamples, std::uint64_t seed, int threads);

}  // namespace backcast
