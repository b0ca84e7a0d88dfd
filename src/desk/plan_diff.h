// SPDX-License-Identifier: Apache-2.0
// The command plan diff: what changed between two versions of the plan, why, which targets were moved in
// hindsight, and the last period measured under both.
#pragma once

#include <string>

#include "base/day.h"
#include "desk/answer.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

struct PlanDiffOptions {
  std::string before;  ///< a reference of FindPlan
  std::string after;   ///< the same; empty: the folder's plan.yaml
  std::string period;  ///< as on the command line; empty: the last whole month
  Format format = Format::kText;
};

/// Errors: those of FindPlan and ReadPlan, kUsage for the period, kUnavailable.
Result<Answer> DiffPlans(const Workspace& workspace, const PlanDiffOptions& options, Day today, Talk& talk);

}  // namespace backcast
