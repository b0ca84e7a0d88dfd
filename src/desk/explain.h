// SPDX-License-Identifier: Apache-2.0
// The command explain: one number with everything behind it.
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/chain.h"

namespace backcast {

struct ExplainCommand {
  ScoreOptions card;
  std::string id;  ///< node of the plan's chain, or metric
};

/// Definition, value, statement, newest rows with file and line, links with their evidence, doubts. Errors:
/// kUsage with the nearest id; kInput without data; kUnavailable.
Result<Answer> Explain(Workspace& workspace, const ExplainCommand& command, Day today, Talk& talk);

}  // namespace backcast
