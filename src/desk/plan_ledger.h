// SPDX-License-Identifier: Apache-2.0
// The plan's revisions as they come by: every command that answers from the plan remembers which one it was.
#pragma once

#include "desk/answer.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

/// Keeps the plan's bytes when they are not those of the newest revision. A plan that was put in place of the
/// folder's own is not kept. What goes wrong is a remark to `talk`, because the answer does not depend on it.
void RecordPlan(const Workspace& workspace, Talk& talk);

/// `plan log`: the revisions on record, newest first, with the reasons they give. Errors: kUnavailable.
Result<Answer> PlanLog(const Workspace& workspace, Format format, Talk& talk);

}  // namespace backcast
