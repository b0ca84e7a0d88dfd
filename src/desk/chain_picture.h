// SPDX-License-Identifier: Apache-2.0
// What the chain's methods add to the picture that the doctor's data layer examines, and the alarms of a
// number that became the goal.
#pragma once

#include <vector>

#include "base/day.h"
#include "desk/chain.h"
#include "desk/talk.h"
#include "desk/workspace.h"
#include "plan/data_picture.h"

namespace backcast {

/// Fills closures (of outcomes with 20 events in both periods), links, runs, improvements and broken. The
/// findings are alarms, rules G01 to G04: a KPI whose outcome no longer follows, a guard that falls,
/// everything hung on one metric, a target moved after the fact. Errors: those of the lake and the engine.
Result<std::vector<Finding>> FillFromChain(Workspace& workspace, ReadChain& read, Talk& talk,
                                           DataPicture& picture);

}  // namespace backcast
