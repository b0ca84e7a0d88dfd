// SPDX-License-Identifier: Apache-2.0
// The absorbing chain behind Markov credit, of order 1 to 3, with all removal effects: from one inverse where
// that is small, else from the moves that were seen.
// E. Anderl et al., Int. J. of Research in Marketing 33 (2016); METHODS 2.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "attribution/journeys.h"
#include "attribution/removal_sweeps.h"

namespace backcast {

/// The states of a chain: the last `order` touches, fewer near the start of a journey; state 0 is the start.
/// A row of counts has one cell per channel, then one for the conversion and one for the end without.
class MarkovChain {
 public:
  /// Every state that the journeys visit. Nothing when the counts would need more than `most_cells` cells.
  static std::optional<MarkovChain> Of(const Journeys& journeys, int channels, int order,
                                       std::size_t most_cells);

  std::size_t states() const { return newest_.size(); }
  std::size_t row() const { return static_cast<std::size_t>(channels_) + 2; }
  std::size_t cells() const { return states() * row(); }
  /// The cell that a move to `channel` is counted in.
  std::uint32_t CellOf(std::uint32_t state, ChannelCode channel) const {
    return static_cast<std::uint32_t>(state * row() + channel);
  }
  std::uint32_t Next(std::uint32_t state, ChannelCode channel) const { return next_[CellOf(state, channel)]; }
  std::uint32_t ConvertsCell(std::uint32_t state) const {
    return CellOf(state, static_cast<ChannelCode>(channels_));
  }

  /// Moves that were seen times what is carried along each by RemovalBySweeps.
  double SweepCost() const;
  /// Whether RemovalEffects may answer: at most kMostDenseStates states or kMostSweepCost of a sweep.
  bool Solvable() const;

  /// The effect of a channel is the share of conversions lost when every state that ends in it leads to no
  /// conversion; from counts of cells() moves `stride` apart. All nought when nothing converts. Of
  /// N = (I - Q)^-1: the chance h to enter those states S first at each of them solves h N_SS = N_sS, and the
  /// effect is h x_S / x_s; where sweeps are cheaper than N, those. Nothing when the sweeps did not settle
  /// and the states are too many for N.
  std::optional<Removal> RemovalEffects(const double* counts, std::size_t stride) const;

  /// Log-likelihood of the moves under the chain's own chances.
  double LogLikelihood(std::span<const double> counts) const;
  /// Counts of all journeys, one per cell.
  std::vector<double> Count(const Journeys& journeys) const;

 private:
  MarkovChain() = default;
  SparseChain SparseOf(const double* counts, std::size_t stride) const;
  Removal ByInverse(const SparseChain& sparse) const;

  int channels_ = 0;
  std::vector<std::uint32_t> next_;          // by cell
  std::vector<int> newest_;                  // channel a state ends in; -1 of the start
  std::vector<std::vector<int>> ending_in_;  // states by channel
  std::size_t moves_seen_ = 0;
};

inline constexpr std::size_t kMostDenseStates = 1500;
inline constexpr double kMostSweepCost = 5e7;

}  // namespace backcast
