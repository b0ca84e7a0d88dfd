// SPDX-License-Identifier: Apache-2.0
// The command audience: what people do and can be asked for, who came and left and was real, and whether the
// community is a conversation of equals.
#pragma once

#include "desk/answer.h"
#include "desk/score.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

/// Errors: those of Prepare; kTooLittle when there are neither followers nor people who did anything.
Result<Answer> ShowAudience(Workspace& workspace, const ScoreOptions& options, Talk& talk);

}  // namespace backcast
