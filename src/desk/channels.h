// SPDX-License-Identifier: Apache-2.0
// The command channels: which rules say where visits, leads and orders come from, what they make of one link,
// and what nobody recognises.
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/score.h"
#include "desk/talk.h"
#include "desk/workspace.h"
#include "journey/arrival.h"

namespace backcast {

/// All rules in force, in the order in which they are tried, and where each comes from. Errors: kInput for a
/// channels.yaml that cannot be used.
Result<Answer> ListChannels(const Workspace& workspace, Format format);

/// Which rule decides over one arrival, and why; "no rule fits" is an answer.
Result<Answer> TestChannel(const Workspace& workspace, const Arrival& arrival, Format format);

/// What rows without a channel group, or with "other", say of where they come from and no rule recognises,
/// with visits or rows, most first. Errors: those of Prepare.
Result<Answer> ListUnknownChannels(Workspace& workspace, const ScoreOptions& options, Talk& talk);

}  // namespace backcast
