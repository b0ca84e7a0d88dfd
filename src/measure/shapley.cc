// SPDX-License-Identifier: Apache-2.0
#include "measure/shapley.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

namespace backcast {

Result<std::vector<double>> ShapleyValues(std::span<const double> worth) {
  constexpr auto kWhere = "Shapley values";
  if (!std::has_single_bit(worth.size()) || worth.size() > (std::size_t{1} << kMostPlayers)) {
    return Error{Code::kInput, kWhere, "the worth of every coalition of at most 12 players is needed",
                 "merge the smallest players"};
  }
  if (!std::all_of(worth.begin(), worth.end(), [](double value) { return std::isfinite(value); })) {
    return Error{Code::kInput, kWhere, "the worth of a coalition is not a number",
                 "give an empty one the worth 0"};
  }
  const int players = std::countr_zero(worth.size());
  // weight[k] = k! (n - k - 1)! / n!, the share of orders in which exactly these k come before the player.
  std::vector<double> weight(static_cast<std::size_t>(players));
  for (int before = 0; before < players; ++before) {
    double orders = players;  // n times (n - 1 over k)
    for (int k = 0; k < before; ++k) orders *= static_cast<double>(players - 1 - k) / (k + 1);
    weight[static_cast<std::size_t>(before)] = 1 / orders;
  }
  std::vector<double> values(static_cast<std::size_t>(players));
  for (int player = 0; player < players; ++player) {
    const std::size_t bit = std::size_t{1} << player;
    double value = 0;
    for (std::size_t set = 0; set < worth.size(); ++set) {
      if ((set & bit) != 0) continue;
      value += weight[static_cast<std::size_t>(std::popcount(set))] * (worth[set | bit] - worth[set]);
    }
    values[static_cast<std::size_t>(player)] = value;
  }
  return values;
}

void SumOverSubsets(std::span<double> of_set) {
  for (std::size_t bit = 1; bit < of_set.size(); bit <<= 1) {
    for (std::size_t set = 0; set < of_set.size(); ++set) {
      if ((set & bit) != 0) of_set[set] += of_set[set ^ bit];
    }
  }
}

}  // namespace backcast
