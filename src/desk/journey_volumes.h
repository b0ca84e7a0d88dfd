// SPDX-License-Identifier: Apache-2.0
// What every stage of a journey counts in the period and in the one before, by group and by day.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "desk/journey_cohorts.h"
#include "desk/ready.h"
#include "desk/workspace.h"
#include "journey/stage_list.h"
#include "journey/step_rate.h"

namespace backcast {

/// One stage's counts under one group.
struct StageNumbers {
  std::optional<double> now, before;
  double now_rows = 0, before_rows = 0;
  std::map<Day, double> now_days, before_days;  ///< of a count that adds over days
};

struct CountedStage {
  JourneyStage stage;
  std::string metric;   ///< id in the catalogue; of a formula of its own: as ReadVolumes names it
  std::string formula;  ///< what is counted
  std::string owner;    ///< of the plan's KPI with this metric
  bool additive = false, has_dimension = false;
  StageNumbers total;
  std::map<std::string, StageNumbers> groups;  ///< "" for rows that do not say
};

/// A stage without a number, and why.
struct LeftOutStage {
  std::string id, title, because;
};

struct Volumes {
  std::string by;  ///< the dimension asked of the lake; empty: none
  std::vector<CountedStage> stages;
  std::vector<LeftOutStage> left_out;
  std::vector<std::string> sql;
};

/// Counts the plan's stages, or those that ship. Errors: kInput, kUsage, those of the engine.
Result<Volumes> ReadVolumes(Workspace& workspace, const Ready& ready, const std::string& by,
                            const std::vector<Filter>& filters);

/// One step between two stages, for the whole ("" and `whole`) or a group.
struct JourneyStep {
  std::size_t from = 0, to = 0;  ///< indexes into Volumes::stages
  bool whole = true;
  std::string group;
  StepPair counts;
  std::optional<StepRate> now, before;
  /// What the verdict rests on: `counts`, or, where the later stage is something that rows of the earlier one
  /// still come to (a lead that is won one day), those of both periods who had `within` days for it: the rows
  /// of the younger period had less time, and their number so far would always look worse.
  StepPair judged;
  std::optional<double> within;
  StepChange change;
  /// Of a whole step asked by a dimension: the change because other people came, and because each did more.
  std::optional<double> mix, rate;
};

struct JourneySteps {
  std::vector<JourneyStep> steps;      ///< wholes first, then groups
  std::optional<std::size_t> weakest;  ///< among the wholes
};

/// Rates of all steps, compared with the period before: the wholes adjusted together, the groups together. A
/// step that still fills up is judged by the cohort that follows it, and not at all where none does.
JourneySteps StepsOf(const Volumes& volumes, const std::vector<CohortAnswer>& cohorts,
                     const Catalogue& catalogue, const Schemas& schemas);

}  // namespace backcast
