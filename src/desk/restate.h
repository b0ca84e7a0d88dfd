// SPDX-License-Identifier: Apache-2.0
// One period measured under two plans over the same data, so that a difference can only come from the plan.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/plan_reference.h"
#include "desk/talk.h"
#include "desk/workspace.h"
#include "plan/diff.h"
#include "score/scorecard.h"

namespace backcast {

/// One node under both plans.
struct RestatedNode {
  std::string id;
  const ScoreLine* before = nullptr;  ///< on the card of the earlier plan; nullptr: the node is not there
  const ScoreLine* after = nullptr;
  bool differs = false;  ///< value, its state, target or verdict
  /// Changes of the plan it comes from: "kpis.k_visit.target.value", or "segments" for a whole section.
  std::vector<std::string> from;
};

struct Restated {
  Scorecard before, after;
  std::vector<RestatedNode> nodes;  ///< order of the later card, then what only the earlier one has
  std::size_t loads = 0;            ///< files the data came from

  Restated() = default;
  Restated(Restated&&) = default;  // moving keeps the lines where `nodes` points
  Restated& operator=(Restated&&) = default;
  Restated(const Restated&) = delete;
};

/// Runs the scorecard with each plan. Nothing when the workspace has no data yet. Errors: those of the
/// scorecard; kUnavailable when other data kept coming in meanwhile.
Result<std::optional<Restated>> RestatePeriod(const Workspace& workspace, const PlanSide& before,
                                              const PlanSide& after, const std::vector<PlanChange>& changes,
                                              const std::string& period, Day today, Talk& talk);

}  // namespace backcast
