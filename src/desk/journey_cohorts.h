// SPDX-License-Identifier: Apache-2.0
// The persons' reading of a journey: who began something in the period, and what became of each until the
// extract.
#pragma once

#include <string>
#include <vector>

#include "desk/ready.h"
#include "desk/workspace.h"
#include "journey/cohort.h"
#include "journey/stage_list.h"

namespace backcast {

/// The cohort's steps under one group, in the order of FollowedCohort::steps. A step whose columns nobody
/// fills has began = 0 and stands in `unreported`.
struct CohortGroup {
  std::string group;
  bool whole = true;
  std::vector<CohortStep> steps;
  std::vector<CohortStep> before;   ///< the same of those who began in the compared period; may be empty
  std::vector<StepPair> matured;    ///< by step: those of both periods who were observed for long enough
  std::vector<StepChange> changes;  ///< by step, of `matured`; wholes adjusted together, groups together
};

struct CohortAnswer {
  FollowedCohort cohort;
  std::string extract;              ///< instant until which was looked, ISO; the latest of the fact's own
  std::vector<bool> unreported;     ///< by step
  std::vector<CohortGroup> groups;  ///< the whole first
  std::string because;              ///< not empty: no answer, and why
};

/// Judges every step of every cohort against the compared period.
void CompareCohorts(std::vector<CohortAnswer>& cohorts);

/// `by`: a column of the facts, or cohort; empty for none. Errors: those of the engine.
Result<std::vector<CohortAnswer>> ReadCohorts(Workspace& workspace, const Ready& ready, const std::string& by,
                                              const std::vector<Filter>& filters,
                                              std::vector<std::string>& sql);

}  // namespace backcast
