// SPDX-License-Identifier: Apache-2.0
// What the doctor says on a card: its three layers, and the alarms of the chain.
#pragma once

#include <vector>

#include "base/day.h"
#include "desk/chain.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

/// Findings of the text and chain layers, then those of the data layer and the alarms for the period of
/// `read`; what somebody accepted is marked. The data are as old as they were on the day `seen`: an earlier
/// one than today for a card as it was. A card is worth printing without the data layer: when it cannot be
/// had, the reason is said and the other layers are there. Errors: kInterrupted.
Result<std::vector<Finding>> CardFindings(Workspace& workspace, ReadChain& read, Day today, Day seen,
                                          Talk& talk);

/// Marks what somebody accepted among findings that join others: that the notes cannot be read is told with
/// the others.
void MarkJoining(const Workspace& workspace, std::vector<Finding>& findings, Day today);

}  // namespace backcast
