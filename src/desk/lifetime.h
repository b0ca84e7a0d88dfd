// SPDX-License-Identifier: Apache-2.0
// The command lifetime: what a customer has brought by an age, and what winning one cost.
#pragma once

#include "desk/answer.h"
#include "desk/score.h"

namespace backcast {

struct LifetimeCommand {
  ScoreOptions card;  ///< period: of the first orders (default: all there are); by: nothing or channel_group
  int horizon = 365;  ///< days
};

/// Errors: kUsage for another breakdown or a horizon under a day; kTooLittle with what is needed; those of
/// Prepare.
Result<Answer> ShowLifetime(Workspace& workspace, const LifetimeCommand& command, Talk& talk);

}  // namespace backcast
