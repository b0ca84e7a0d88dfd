// SPDX-License-Identifier: Apache-2.0
// The tables behind a report: the way from the visit to the result, what one of what matters costs beside
// every other channel, who is credited, what platforms claim, what the audience likes, whether customers are
// answered and what they ask about, what creators bring, who the audience is, which links hide where visits
// come from.
#pragma once

#include "desk/ready.h"
#include "score/scorecard.h"

namespace backcast {

/// Adds every exhibit that has something to show; one with too little data is left out. The workspace has a
/// plan. Errors: kUnavailable, kInterrupted.
Result<Done> AddExhibits(Workspace& workspace, const Ready& ready, Talk& talk, Scorecard& card);

}  // namespace backcast
