// SPDX-License-Identifier: Apache-2.0
// One row of the lake's answer as costs and counts. Included by desk sources only.
#pragma once

#include <optional>
#include <string>

#include "desk/cost_words.h"
#include "facts/table.h"
#include "money/channel_cost.h"

namespace backcast {

/// The costs of a row in the given window. `mixed`: why no amount of the workspace may be shown; empty when
/// they may.
CostParts CostsAt(const Table& table, std::size_t row, std::size_t window, const std::string& mixed);

/// The counts of a row. A part that no row reports is nought where the other part is known: an export of
/// visits that all come from elsewhere has no targeted ones, and knows it. Somebody who was seen as both
/// counts as targeted.
ChannelCounts CountsAt(const Table& table, std::size_t row, std::size_t window, const CostCounting& counting);

}  // namespace backcast
