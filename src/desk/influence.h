// SPDX-License-Identifier: Apache-2.0
// The command influence: what creators cost and what came of it, how much of their audience is real and the
// right one, who was late or did not say that it was paid for, and a score by criteria of one's own.
#pragma once

#include "desk/answer.h"
#include "desk/score.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

/// Errors: those of Prepare; kTooLittle without a collaboration in the period; kInput for criteria of the
/// plan that cannot be used.
Result<Answer> ShowInfluence(Workspace& workspace, const ScoreOptions& options, Talk& talk);

}  // namespace backcast
