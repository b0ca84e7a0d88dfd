// SPDX-License-Identifier: Apache-2.0
// What the revisions of a plan show that no single one of them does.
#pragma once

#include <vector>

#include "base/day.h"
#include "desk/talk.h"
#include "desk/workspace.h"
#include "plan/data_picture.h"

namespace backcast {

/// A plan that was seen once.
struct SeenPlan {
  Day seen{};
  Day holds_from{};  ///< as the plan says of itself, else the day on which it was seen
  Plan plan;
};

/// The revisions on record that can still be read, the oldest first. A record that cannot be read is said.
std::vector<SeenPlan> SeenPlans(const Workspace& workspace, Talk& talk);

/// Findings G04: targets that were moved when the days they judge had begun.
std::vector<Finding> MovedTargets(const Workspace& workspace, const std::vector<SeenPlan>& plans);

/// Segments whose rule has another version on the last day of the period than on its first.
std::vector<SegmentMix> MixedSegments(const std::vector<SeenPlan>& plans, const Window& period);

}  // namespace backcast
