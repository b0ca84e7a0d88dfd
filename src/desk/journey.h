// SPDX-License-Identifier: Apache-2.0
// The command journey: from the first visit to the repeat order. Two readings that are never mixed: volumes
// (what each stage counts in the period) and persons (what became of those who began in it).
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/score.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

struct JourneyCommand {
  ScoreOptions card;
  std::string by;  ///< a dimension, or cohort: months; empty: the whole
};

/// Errors: those of Prepare; kInput for a journey block of the plan that cannot be read; kUsage for a
/// dimension that no stage has; kTooLittle when nobody stood at any stage and no cohort has anybody.
Result<Answer> ShowJourney(Workspace& workspace, const JourneyCommand& command, Talk& talk);

}  // namespace backcast
