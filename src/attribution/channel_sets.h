// SPDX-License-Identifier: Apache-2.0
// Models that look at the set of channels of a journey, small channels merged: Shapley values of conversion
// rates, and like journeys compared. METHODS 2.
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

/// The same from a comparison of like with like: a player is due what journeys with it convert more than
/// journeys with the same others and without it, summed over its journeys. Journeys with it alone have no
/// like, and all that they convert is due to it; sets that were never seen without it say nothing. It is the
/// share that would be missing without the player where persons meet channels by chance, however effects work
/// together, and only there (P. Rosenbaum, D. Rubin, Biometrika 70, 1983). Empty when the players together
/// are due less than kLeastMatched of the conversions, since shares of so little say nothing.
std::vector<double> MatchedShares(const double* converting, const double* all, int players,
                                  std::size_t stride);
inline constexpr double kLeastMatched = 0.25;

}  // namespace backcast
