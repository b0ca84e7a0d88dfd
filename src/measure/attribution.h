// SPDX-License-Identifier: Apache-2.0
// Which channel is credited for how many conversions, by the exact small version of every model: the
// reference the counting over large tables is held against. None of them is causal: reports say "credited
// by". METHODS 2.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"

namespace backcast {

/// All journeys of one path. Channels are numbered 0 .. channels - 1 by the caller.
struct JourneyCount {
  std::vector<int> path;      ///< touches, oldest first, at least one
  double converting = 0;      ///< journeys of this path that ended in a conversion, >= 0
  double not_converting = 0;  ///< and those that did not
};

/// Removal effects and what they credit; one entry per channel.
struct MarkovAttribution {
  double conversion_rate = 0;          ///< of the chain, as counted
  std::vector<double> removal_effect;  ///< share of conversions lost when the channel leads nowhere, 0 to 1
  std::vector<double> credit;          ///< conversions, in proportion to the effects; sums to all conversions
};
/// Markov chain over the last `order` touches, 1 to 3; the effect of a channel by solving again with every
/// state that ends in it cut to "no conversion". E. Anderl et al., Int. J. of Research in Marketing 33
/// (2016). Refused: no conversion; no journey without one (all effects would measure mere presence); a
/// channel outside the range; an empty path; more than kMostMarkovStates states.
Result<MarkovAttribution> MarkovRemoval(std::span<const JourneyCount> journeys, int channels, int order = 1);
inline constexpr int kMostMarkovStates = 1500;

/// The same for order 1 from one inverse N = (I - Q)^-1: effect of i = N_si / N_ii * x_i / x_s, because the
/// chance to convert is the chance to do so without i plus that of ever reaching i, N_si / N_ii, times x_i.
Result<MarkovAttribution> MarkovRemovalByInverse(std::span<const JourneyCount> journeys, int channels);

/// Shapley credit where the worth of a set is its conversions from within: every converting journey is shared
/// equally by its distinct channels. Conversions per channel; sums to all. No journey without conversion is
/// needed.
Result<std::vector<double>> VolumeShapley(std::span<const JourneyCount> journeys, int channels);

/// Values and the conversions they credit; one entry per channel; a channel can be below zero.
struct RateAttribution {
  std::vector<double> value;   ///< conversion rate, sums to that of all journeys
  std::vector<double> credit;  ///< conversions, sums to all conversions
};
/// Shapley values where the worth of a set is the conversion rate of the journeys whose channels all lie in
/// it, 0 when there are none. 1 <= channels <= kMostPlayers. Needs journeys with and without conversion.
Result<RateAttribution> RateShapley(std::span<const JourneyCount> journeys, int channels);

/// Conversions that journeys with a channel have more than as many journeys with the same other channels and
/// without it; journeys of it alone have no like and are due to it, sets never seen without it are left out.
/// What would be missing without the channel where persons meet channels by chance, and only there. `value`
/// in conversions, which need not sum to any total; `credit` in proportion to it, sums to all conversions.
/// Refused: values that sum to nought or less; 1 <= channels <= kMostPlayers.
Result<RateAttribution> MatchedJourneys(std::span<const JourneyCount> journeys, int channels);

/// Conversions credited to a channel where it stood at one position of its journeys.
struct PositionCredit {
  int channel = 0;
  int position = 0;  ///< from 1, oldest first
  double credit = 0;
};
/// VolumeShapley split evenly over the visits of a channel within each journey; by channel, then position;
/// sums to all conversions. K. Zhao et al., arXiv 1804.05327, as METHODS 2 states it (no trusted reference
/// exists).
Result<std::vector<PositionCredit>> OrderedShapley(std::span<const JourneyCount> journeys, int channels);

/// Rules that look at one journey only.
enum class CreditRule {
  kFirst,     ///< all to the oldest touch
  kLast,      ///< all to the newest
  kLinear,    ///< the same to each
  kPosition,  ///< .4 to the ends, .2 shared by those between; .5 and .5 of two
  kDecay,     ///< halves with every half-life of age
};
/// Weights of `touches` >= 1 touches, oldest first, summing to 1. `ages` (one per touch, >= 0, any unit of
/// time) and `half_life` > 0 of the same unit are read by kDecay only.
Result<std::vector<double>> TouchWeights(CreditRule rule, int touches, std::span<const double> ages = {},
                                         double half_life = 7);

/// All to the newest touch that is not the channel `direct`; to the newest when there is no other. Refused:
/// no touch.
Result<std::vector<double>> LastNonDirectWeights(std::span<const int> path, int direct);

}  // namespace backcast
