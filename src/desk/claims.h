// SPDX-License-Identifier: Apache-2.0
// The command claims: conversions and value that ad platforms claim, beside the own books.
#pragma once

#include "desk/answer.h"
#include "desk/score.h"

namespace backcast {

/// Claims of the period by platform, their sum over all real conversions, how many are counted twice at least
/// and at most, and what later exports changed. Findings: M03 (together they claim more than a fifth more
/// than there is), M05 (one platform's conversions are counted under several attribution settings). Errors:
/// kTooLittle when no platform claims a conversion in the period; those of Prepare.
Result<Answer> ShowClaims(Workspace& workspace, const ScoreOptions& options, Talk& talk);

}  // namespace backcast
