// SPDX-License-Identifier: Apache-2.0
// The scorecard and the chain: targets that are backed out for KPIs without one, evidence of the links
// between the lines, and why the outcomes changed.
#pragma once

#include <string>
#include <vector>

#include "desk/chain.h"
#include "score/scorecard.h"

namespace backcast {

/// A KPI that is a factor of an outcome with a target and has no target of its own. Only then the chain has
/// to be read before a card.
bool NeedsBackedOutTargets(const Plan& plan, const Catalogue& catalogue);

/// The plan with targets for such KPIs, by backing out of their outcome, with the outcome's day and baseline
/// period; `notes` gets a sentence per node. What cannot be backed out stays without a target.
Plan WithBackedOutTargets(const ReadChain& read, const Plan& plan,
                          std::vector<std::pair<std::string, std::string>>& notes);

/// Puts the grade of its link on every line that leads to another one, and the reasons of a change onto the
/// card.
Result<Done> AddChain(Workspace& workspace, ReadChain& read, Scorecard& card);

}  // namespace backcast
