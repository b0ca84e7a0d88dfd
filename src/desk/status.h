// SPDX-License-Identifier: Apache-2.0
// The commands status, lake compact and lake vacuum: what the workspace holds, and keeping it tidy.
#pragma once

#include "desk/answer.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

Result<Answer> Status(Workspace& workspace, Format format, Talk& talk);
Result<Answer> CompactLake(Workspace& workspace, Talk& talk);
Result<Answer> VacuumLake(Workspace& workspace, int keep_days, Talk& talk);

}  // namespace backcast
