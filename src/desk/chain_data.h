// SPDX-License-Identifier: Apache-2.0
// What the lake says of every node of a chain, by day and for the period asked about.
#pragma once

#include <string>
#include <vector>

#include "chain/chain_data.h"
#include "chain/graph.h"
#include "desk/ready.h"

namespace backcast {

/// One statement by day and one for the two windows per scope; the statements are added to `sql`. A metric
/// that cannot be asked (no formula, no such dimension, no export) leaves its node with a sentence. Errors:
/// kUnavailable.
Result<ChainData> ReadChainData(Workspace& workspace, const Ready& ready, const ValueChain& chain,
                                std::vector<std::string>& sql);

/// One metric under a scope: its days, or why it has none.
Result<NodeData> ReadNode(Workspace& workspace, const Ready& ready, const std::string& metric,
                          const Scope& scope);

}  // namespace backcast
