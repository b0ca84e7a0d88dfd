// SPDX-License-Identifier: Apache-2.0
// One pass over all paths that counts what every model needs, for several resamples side by side.
#pragma once

#include <cstddef>
#include <vector>

#include "attribution/channel_sets.h"
#include "attribution/journeys.h"
#include "attribution/markov_chain.h"
#include "attribution/path_shares.h"

namespace backcast {

/// What does not change between resamples. The references outlive it.
struct TallyPlan {
  const Journeys* journeys = nullptr;
  const PathShares* shares = nullptr;
  int channels = 0;
  const MarkovChain* chain = nullptr;  ///< null: Markov is not asked
  std::vector<std::uint32_t> cells;    ///< of the chain, by touch; behind them, by path, the cell of its end
  int players = 0;                     ///< 0: Shapley on rates is not asked
  std::vector<std::uint16_t> sets;     ///< by path
  /// The same for the models that look at one journey only.
  TallyPlan RulesOnly() const { return {journeys, shares, channels, nullptr, {}, 0, {}}; }
};

/// Counts for `Lanes` resamples: the entry of channel c in lane l stands at c * Lanes + l.
template <std::size_t Lanes>
struct Tally {
  explicit Tally(const TallyPlan& plan)
      : first(Size(plan.channels)),
        last(Size(plan.channels)),
        last_non_direct(Size(plan.channels)),
        linear(Size(plan.channels)),
        position(Size(plan.channels)),
        distinct(Size(plan.channels)),
        decay(plan.journeys->has_times ? Size(plan.channels) : 0),
        moves(plan.chain != nullptr ? plan.chain->cells() * Lanes : 0),
        set_converting(plan.players > 0 ? Lanes << plan.players : 0),
        set_all(set_converting.size()) {}

  std::vector<double> first, last, last_non_direct, linear, position, distinct, decay;
  std::vector<double> moves;                    ///< by cell of the chain
  std::vector<double> set_converting, set_all;  ///< by set of players

 private:
  static std::size_t Size(int channels) { return static_cast<std::size_t>(channels) * Lanes; }
};

/// Adds `weight` (one per lane) conversions of a path to the models that look at one journey.
template <std::size_t Lanes>
inline void AddShares(const TallyPlan& plan, const PathShares::Path& path, const double* weight,
                      Tally<Lanes>& tally) {
  const auto add = [weight](std::vector<double>& to, std::size_t channel, double share) {
    double* at = to.data() + channel * Lanes;
    for (std::size_t lane = 0; lane < Lanes; ++lane) at[lane] += share * weight[lane];
  };
  add(tally.first, path.first, 1);
  add(tally.last, path.last, 1);
  add(tally.last_non_direct, path.last_non_direct, 1);
  for (std::uint32_t at = path.from; at < path.to; ++at) {
    const PathShare& share = plan.shares->shares[at];
    add(tally.linear, share.channel, share.linear);
    add(tally.position, share.channel, share.position);
    add(tally.distinct, share.channel, share.distinct);
  }
}

/// Adds the weight of one conversion with times.
template <std::size_t Lanes>
inline void AddDecay(const TallyPlan& plan, const TimedConversion& conversion, const double* weight,
                     Tally<Lanes>& tally) {
  const auto touches = plan.journeys->Path(conversion.path);
  const double* shares = plan.journeys->decay.data() + conversion.decay;
  for (std::size_t touch = 0; touch < touches.size(); ++touch) {
    double* at = tally.decay.data() + touches[touch] * Lanes;
    for (std::size_t lane = 0; lane < Lanes; ++lane) at[lane] += shares[touch] * weight[lane];
  }
}

/// Adds journeys of a path to the chain and to the sets of players.
template <std::size_t Lanes>
inline void AddMoves(const TallyPlan& plan, std::size_t path, const double* converting,
                     const double* not_converting, Tally<Lanes>& tally) {
  double all[Lanes];
  for (std::size_t lane = 0; lane < Lanes; ++lane) all[lane] = converting[lane] + not_converting[lane];
  if (plan.chain != nullptr) {
    const std::uint32_t* cell = plan.cells.data() + plan.journeys->offsets[path] + path;
    const std::uint32_t* end = plan.cells.data() + plan.journeys->offsets[path + 1] + path;
    for (; cell < end; ++cell) {
      double* at = tally.moves.data() + *cell * Lanes;
      for (std::size_t lane = 0; lane < Lanes; ++lane) at[lane] += all[lane];
    }
    double* at = tally.moves.data() + *end * Lanes;
    for (std::size_t lane = 0; lane < Lanes; ++lane) at[lane] += converting[lane];
    for (std::size_t lane = 0; lane < Lanes; ++lane) at[Lanes + lane] += not_converting[lane];
  }
  if (plan.players > 0) {
    double* inside = tally.set_converting.data() + plan.sets[path] * Lanes;
    double* of = tally.set_all.data() + plan.sets[path] * Lanes;
    for (std::size_t lane = 0; lane < Lanes; ++lane) inside[lane] += converting[lane];
    for (std::size_t lane = 0; lane < Lanes; ++lane) of[lane] += all[lane];
  }
}

/// The chain's cells of every path, as TallyPlan::cells holds them.
std::vector<std::uint32_t> CellsOf(const Journeys& journeys, const MarkovChain& chain);

/// Shares of the conversions by channel, one model after the other; each model's sum to one.
struct ModelShares {
  std::vector<double> first, last, last_non_direct, linear, position, distinct, decay;
  std::vector<double> markov;
  std::vector<double> rate, matched;  ///< by player
  Removal removal;                    ///< what the shares of `markov` are in proportion to
};
/// Of one lane. Empty vectors where a model was not asked or nothing converted.
template <std::size_t Lanes>
ModelShares SharesOfLane(const TallyPlan& plan, const Tally<Lanes>& tally, std::size_t lane);

}  // namespace backcast
