// SPDX-License-Identifier: Apache-2.0
// How many visits, leads and followers are targeted, how many are not, and of how many nobody can say.
#pragma once

#include <string>
#include <vector>

#include "desk/envelope.h"
#include "desk/ready.h"
#include "desk/workspace.h"

namespace backcast {

struct TargetShare {
  std::string fact, what;  ///< session, "visits"
  double in = 0, out = 0, unknown = 0;
  /// Rules of the plan that can be applied to the fact, "g_family@2"; the others name columns that it has
  /// not.
  std::vector<std::string> rules, not_applied;

  double all() const { return in + out + unknown; }
};

/// For every fact of people with an in_target column and rows in the period; of follower snapshots the last
/// day of the period that has one, by its finest breakdown. Errors: those of the engine.
Result<std::vector<TargetShare>> ReadTargeting(Workspace& workspace, const Ready& ready);

Json ToJson(const std::vector<TargetShare>& shares);
/// A table and a sentence about rules that cannot be applied; empty when there is nothing to say.
std::string ToText(const std::vector<TargetShare>& shares);

}  // namespace backcast
