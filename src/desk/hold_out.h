// SPDX-License-Identifier: Apache-2.0
// The command holdout: tests in some regions that the plan declares, worked out from what was counted there.
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/score.h"

namespace backcast {

struct HoldOutCommand {
  ScoreOptions card;
  std::string id;       ///< an experiment of the plan; empty: all that name regions
  bool record = false;  ///< write the result into plan.yaml, as evidence of the link
};

/// Errors: kUsage for an experiment that there is not, kTooLittle when the one asked for has too little data,
/// kInput, kUnavailable.
Result<Answer> ShowHoldOuts(Workspace& workspace, const HoldOutCommand& command, Talk& talk);

}  // namespace backcast
