// SPDX-License-Identifier: Apache-2.0
// The order of a card as a forest: which line leads to which. Comes in: the lines in plan order; goes out:
// indexes.
#pragma once

#include <cstddef>
#include <vector>

#include "score/scorecard.h"

namespace backcast {

/// Indexes into Scorecard::lines. A line's parent is the nearest line before it with that id, so no cycle can
/// be; a line whose parent is missing or an objective is a root. Lines of a group are in no chain: they
/// belong to the total before them.
struct Chain {
  std::vector<std::size_t> roots;
  std::vector<std::vector<std::size_t>> children, groups;
  std::vector<int> column;  ///< 0 outcome, then KPIs by depth, tactics, channels; 0 for loose lines
  int columns = 0;
  std::vector<std::size_t> walk;  ///< totals, parents before children, every root's tree together
  std::vector<int> depth;         ///< in the forest, 0 for roots
};

Chain ChainOf(const Scorecard& card);

}  // namespace backcast
