// SPDX-License-Identifier: Apache-2.0
#include "attribution/tally.h"

#include "attribution/bootstrap.h"

namespace backcast {
namespace {

std::vector<double> InProportion(std::vector<double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  if (!(sum > 0)) return {};
  for (double& value : values) value /= sum;
  return values;
}

}  // namespace

std::vector<std::uint32_t> CellsOf(const Journeys& journeys, const MarkovChain& chain) {
  std::vector<std::uint32_t> cells(journeys.touches.size() + journeys.paths());
  std::size_t at = 0;
  for (std::size_t path = 0; path < journeys.paths(); ++path) {
    std::uint32_t state = 0;
    for (const ChannelCode channel : journeys.Path(path)) {
      cells[at++] = chain.CellOf(state, channel);
      state = chain.Next(state, channel);
    }
    cells[at++] = chain.ConvertsCell(state);
  }
  return cells;
}

template <std::size_t Lanes>
ModelShares SharesOfLane(const TallyPlan& plan, const Tally<Lanes>& tally, std::size_t lane) {
  const auto of_lane = [lane](const std::vector<double>& counts) {
    std::vector<double> one(counts.size() / Lanes);
    for (std::size_t at = 0; at < one.size(); ++at) one[at] = counts[at * Lanes + lane];
    return InProportion(std::move(one));
  };
  ModelShares shares;
  shares.first = of_lane(tally.first);
  shares.last = of_lane(tally.last);
  shares.last_non_direct = of_lane(tally.last_non_direct);
  shares.linear = of_lane(tally.linear);
  shares.position = of_lane(tally.position);
  shares.distinct = of_lane(tally.distinct);
  shares.decay = of_lane(tally.decay);
  if (plan.chain != nullptr) {
    shares.removal = plan.chain->RemovalEffects(tally.moves.data() + lane, Lanes).value_or(Removal{});
    shares.markov = InProportion(shares.removal.effects);
  }
  if (plan.players > 0) {
    const double *converting = tally.set_converting.data() + lane, *all = tally.set_all.data() + lane;
    shares.rate = RateShares(converting, all, plan.players, Lanes);
    shares.matched = MatchedShares(converting, all, plan.players, Lanes);
  }
  return shares;
}

template ModelShares SharesOfLane<1>(const TallyPlan&, const Tally<1>&, std::size_t);
template ModelShares SharesOfLane<kLanes>(const TallyPlan&, const Tally<kLanes>&, std::size_t);

}  // namespace backcast
