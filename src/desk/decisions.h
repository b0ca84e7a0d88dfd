// SPDX-License-Identifier: Apache-2.0
// What was decided: the plan's own list under review.decisions and what backcast decide has kept.
#pragma once

#include <string>
#include <vector>

#include "desk/answer.h"
#include "desk/workspace.h"
#include "score/scorecard.h"

namespace backcast {

struct DecideCommand {
  std::string node;           ///< id of an objective, outcome, KPI or tactic of the plan
  std::string seen, decided;  ///< what the numbers showed, and what follows
  std::string by;             ///< who signs; empty: the environment variable USER
  Format format = Format::kText;
};

/// Keeps one decision. Errors: kUsage for a node the plan does not have, a missing sentence or signer; kInput
/// without a plan; kUnavailable when it cannot be kept.
Result<Answer> Decide(const Workspace& workspace, const DecideCommand& command, Day today);

/// The plan's own, newest first.
std::vector<ScoreDecision> PlanDecisions(const Plan& plan);

/// All decisions, newest first. Errors: kUnavailable.
Result<std::vector<ScoreDecision>> AllDecisions(const Workspace& workspace);

/// `decisions`. Errors: the plan's own, kUnavailable.
Result<Answer> ListDecisions(const Workspace& workspace, Format format);

}  // namespace backcast
