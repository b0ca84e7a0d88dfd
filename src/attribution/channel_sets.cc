// SPDX-License-Identifier: Apache-2.0
#include "attribution/channel_sets.h"

#include "measure/shapley.h"

namespace backcast {

Players PlayersOf(const Journeys& journeys, int channels) {
  std::vector<double> converting(static_cast<std::size_t>(channels));
  std::vector<std::size_t> counted_for(converting.size(), 0);  // path + 1
  for (std::size_t path = 0; path < journeys.paths(); ++path) {
    if (journeys.converting[path] <= 0) continue;
    for (const ChannelCode channel : journeys.Path(path)) {
      if (counted_for[channel] == path + 1) continue;
      counted_for[channel] = path + 1;
      converting[channel] += journeys.converting[path];
    }
  }
  Players players;
  players.of_channel.resize(converting.size());
  for (std::size_t channel = 0; channel < converting.size(); ++channel) {
    if (converting[channel] < kFewestOfPlayer) {
      players.merged.push_back(static_cast<ChannelCode>(channel));
      continue;
    }
    players.of_channel[channel] = static_cast<int>(players.channels.size());
    players.channels.push_back(static_cast<int>(channel));
  }
  for (const ChannelCode channel : players.merged)
    players.of_channel[channel] = static_cast<int>(players.channels.size());
  if (!players.merged.empty()) players.channels.push_back(Players::kMerged);
  return players;
}

std::vector<std::uint16_t> SetsOf(const Journeys& journeys, const Players& players) {
  std::vector<std::uint16_t> sets(journeys.paths());
  for (std::size_t path = 0; path < sets.size(); ++path) {
    unsigned set = 0;
    for (const ChannelCode channel : journeys.Path(path)) set |= 1U << players.of_channel[channel];
    sets[path] = static_cast<std::uint16_t>(set);
  }
  return sets;
}

std::vector<double> RateShares(const double* converting, const double* all, int players, std::size_t stride) {
  const std::size_t sets = std::size_t{1} << players;
  std::vector<double> inside(sets), of(sets);
  for (std::size_t set = 0; set < sets; ++set) {
    inside[set] = converting[set * stride];
    of[set] = all[set * stride];
  }
  SumOverSubsets(inside);
  SumOverSubsets(of);
  if (inside.back() <= 0) return {};
  for (std::size_t set = 0; set < sets; ++set) inside[set] = of[set] > 0 ? inside[set] / of[set] : 0;
  Result<std::vector<double>> values = ShapleyValues(inside);
  if (!values.ok()) return {};
  std::vector<double> shares = std::move(values).value();
  double sum = 0;
  for (const double value : shares) sum += value;
  for (double& share : shares) share /= sum;
  return shares;
}

std::vector<double> MatchedShares(const double* converting, const double* all, int players,
                                  std::size_t stride) {
  const std::size_t sets = std::size_t{1} << players;
  std::vector<double> shares(static_cast<std::size_t>(players));
  double conversions = 0;
  for (std::size_t set = 1; set < sets; ++set) {
    const double of_set = converting[set * stride], journeys = all[set * stride];
    conversions += of_set;
    if (journeys <= 0) continue;
    for (std::size_t player = 0; player < shares.size(); ++player) {
      const std::size_t without = set & ~(std::size_t{1} << player);
      if (without == set) continue;
      if (without == 0) {
        shares[player] += of_set;
      } else if (all[without * stride] > 0) {
        shares[player] += of_set - journeys * converting[without * stride] / all[without * stride];
      }
    }
  }
  double sum = 0;
  for (const double share : shares) sum += share;
  if (!(sum >= kLeastMatched * conversions) || conversions <= 0) return {};
  for (double& share : shares) share /= sum;
  return shares;
}

}  // namespace backcast
