// SPDX-License-Identifier: Apache-2.0
// The command bots: what of the visits and followers looks like machines, what the numbers are without it,
// and days on which followers came that nothing explains.
#pragma once

#include "desk/answer.h"
#include "desk/score.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

/// Errors: those of Prepare; kTooLittle when there are neither visits nor followers to look at.
Result<Answer> ShowBots(Workspace& workspace, const ScoreOptions& options, Talk& talk);

}  // namespace backcast
