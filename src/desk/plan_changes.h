// SPDX-License-Identifier: Apache-2.0
// A card's lines whose part of the plan changed after the compared period began: what was printed then and
// what is printed now may differ because of the plan and not because of the world.
#pragma once

#include "desk/talk.h"
#include "desk/workspace.h"
#include "score/scorecard.h"

namespace backcast {

/// Adds a note to every line that is concerned, with the revision and its reason. The revisions on record say
/// what changed since the first of them that counts for the compared period; for the days before, the plan's
/// own changelog is believed. Nothing without a plan or a comparison. What cannot be read is a remark.
void NotePlanChanges(const Workspace& workspace, Scorecard& card, Talk& talk);

}  // namespace backcast
