// SPDX-License-Identifier: Apache-2.0
// Shapley values of conversion rates: which set of channels every path has, small channels merged. METHODS 2.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attribution/journeys.h"

namespace backcast {

/// Channels as players of the game. Those in fewer than kFewestOfPlayer converting journeys are one player.
struct Players {
  static constexpr int kMerged = -1;
  std::vector<int> channels;  ///< by player: its channel, or kMerged
  std::vector<ChannelCode> merged;
  std::vector<int> of_channel;  ///< player of every channel
};
inline constexpr double kFewestOfPlayer = 30;

Players PlayersOf(const Journeys& journeys, int channels);

/// By path: its set of players as bits. At most 16 players.
std::vector<std::uint16_t> SetsOf(const Journeys& journeys, const Players& players);

/// Shares of the conversions by player, summing to one, from the converting and all journeys of every set,
/// `stride` apart; a share can be below zero. Empty when nothing converts.
std::vector<double> RateShares(const double* converting, const double* all, int players, std::size_t stride);

}  // namespace backcast
