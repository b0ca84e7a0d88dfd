// SPDX-License-Identifier: Apache-2.0
// Removal effects of a large chain from the moves that were seen, without an inverse.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace backcast {

/// What taking every channel away does to a chain.
struct Removal {
  double conversion_rate = 0;   ///< chance to convert from the start
  std::vector<double> effects;  ///< by channel, 0 to 1: share of conversions lost when it leads nowhere
  bool by_sweeps = false;       ///< solved by RemovalBySweeps
};

/// A chain as lists of moves. State 0 is the start.
struct SparseChain {
  std::size_t channels = 0;
  std::vector<int> newest;          ///< by state: the channel it ends in; -1 of the start
  std::vector<std::uint32_t> from;  ///< moves of state i to other states are from[i] .. from[i + 1] - 1
  std::vector<std::uint32_t> to;
  std::vector<double> chance;           ///< of that move
  std::vector<double> stays, converts;  ///< by state: chance to stay in it, chance to convert right after
  std::size_t states() const { return newest.size(); }
};

/// Gauss-Seidel sweeps over all channels side by side, from below, until a proven bound says that effects and
/// rate are within 1e-11 of the rate: what a sweep still moves, times the expected length of a journey, which
/// is solved along. Nothing when kMostSweeps were not enough: some journeys are very long. Cost of a sweep:
/// moves times channels. R. S. Varga, Matrix Iterative Analysis (1962), 3.5: for a chain that ends, the
/// sweeps climb to the one solution.
std::optional<Removal> RemovalBySweeps(const SparseChain& chain);
inline constexpr int kMostSweeps = 2000;

}  // namespace backcast
