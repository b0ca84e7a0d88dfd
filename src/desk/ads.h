// SPDX-License-Identifier: Apache-2.0
// The command ads: which ads are tired, what people who saw a campaign say more often, what tests brought.
#pragma once

#include "desk/answer.h"
#include "desk/score.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

/// Errors: those of Prepare; kTooLittle when no ad was shown in the period, no survey compares and no test of
/// the plan has a return.
Result<Answer> ShowAds(Workspace& workspace, const ScoreOptions& options, Talk& talk);

}  // namespace backcast
