// SPDX-License-Identifier: Apache-2.0
// The command sales-goal: may this owner be judged by sales?
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/score.h"

namespace backcast {

struct SalesGoalCommand {
  ScoreOptions card;
  std::string owner;  ///< id of the team; empty: everybody
};

/// Errors: kUsage for an owner that the team does not have, kInput without a plan, kUnavailable.
Result<Answer> ShowSalesGoals(Workspace& workspace, const SalesGoalCommand& command, Talk& talk);

}  // namespace backcast
