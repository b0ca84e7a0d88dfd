// SPDX-License-Identifier: Apache-2.0
// The tables behind a report: what one of what matters costs, beside every other channel.
#pragma once

#include "desk/ready.h"
#include "score/scorecard.h"

namespace backcast {

/// Adds an exhibit of costs for every outcome of the plan whose cases can be counted by channel, and for
/// visits. One that has too little data, or no cost at all, is left out. The workspace has a plan. Errors:
/// kUnavailable, kInterrupted.
Result<Done> AddExhibits(Workspace& workspace, const Ready& ready, Scorecard& card);

}  // namespace backcast
