// SPDX-License-Identifier: Apache-2.0
// Shapley values of a game given by the worth of every coalition. L. S. Shapley, A value for n-person games
// (1953).
#pragma once

#include <span>
#include <vector>

#include "base/result.h"

namespace backcast {

/// Most players for whom all coalitions are listed: 4,096 of them.
inline constexpr int kMostPlayers = 12;

/// `worth[S]`: worth of the coalition whose members are the bits of S, 2^n entries for n <= kMostPlayers,
/// unit of the answer; worth[0] need not be zero. Answers n values that sum to worth[2^n - 1] - worth[0].
/// Exact, O(n 2^n). Refused: another number of entries, a worth that is not finite.
Result<std::vector<double>> ShapleyValues(std::span<const double> worth);

/// Replaces every entry by the sum over all subsets of its index, in place: 2^n entries, O(n 2^n).
void SumOverSubsets(std::span<double> of_set);

}  // namespace backcast
