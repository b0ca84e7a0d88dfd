// SPDX-License-Identifier: Apache-2.0
// What the lake must say beside the chain before a change can be explained: groups of every rate, and whether
// leads were picked up.
#pragma once

#include <string>

#include "chain/why.h"
#include "desk/chain.h"

namespace backcast {

/// Why the outcome changed between the two periods of `read`. Errors: as ExplainChange; kUnavailable.
Result<Why> AskWhy(Workspace& workspace, ReadChain& read, const std::string& outcome,
                   const std::string& owner);

}  // namespace backcast
