// SPDX-License-Identifier: Apache-2.0
// The parts of the data picture that are answers to questions about metrics, compiled like those of a card.
#pragma once

#include "desk/ready.h"
#include "desk/workspace.h"
#include "plan/data_picture.h"

namespace backcast {

/// Fills steps, cases, claims, automatic_share, untagged of `picture`, whose as_of, period and rows are
/// known. The lake must be attached and segments applied. Errors: those of the engine.
Result<Done> AskForPicture(Workspace& workspace, const Ready& ready, DataPicture& picture);

}  // namespace backcast
