// SPDX-License-Identifier: Apache-2.0
// The command utm: whether the tags of links tell the truth, the money behind each fault, and what to write
// instead.
#pragma once

#include "desk/answer.h"
#include "desk/score.h"

namespace backcast {

struct UtmCommand {
  ScoreOptions card;
  bool accept = false;  ///< write the proposed names into tags.yaml
};

/// Errors: kInput when there is nothing to audit or tags.yaml cannot be used, kUsage, kUnavailable.
Result<Answer> ShowUtm(Workspace& workspace, const UtmCommand& command, Talk& talk);

}  // namespace backcast
