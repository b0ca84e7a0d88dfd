// SPDX-License-Identifier: Apache-2.0
// The stages of a journey and the cohorts that are followed, as they are written: in
// catalogue/journey/stages.yaml, or under journey.stages of a plan. Plain data.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace backcast {

/// What may count a stage: a metric of the catalogue, or a formula.
struct StageCount {
  std::string metric, formula;
};

struct JourneyStage {
  std::string id, title;
  std::vector<StageCount> any;  ///< the first that can be counted
  std::vector<std::string> of;  ///< earlier stages by which its rate is taken, the first that has a number
  std::vector<std::pair<std::string, std::vector<std::string>>> scope;  ///< only rows with these values
  Place place;
};

/// A step of a cohort: the first of `at` that a row has, or the person's next row.
struct FollowedStep {
  std::string id, title;
  std::vector<std::string> at;
  bool next = false;
  double within = 30;  ///< days asked about
};

struct FollowedCohort {
  std::string id, title, fact, where;
  std::vector<std::string> start;
  std::string first_of;   ///< a column of persons: only the first row of each begins
  std::string not_first;  ///< a flag column: false says that an earlier row is not in the data
  std::vector<FollowedStep> steps;
};

struct StageList {
  std::vector<JourneyStage> stages;
  std::vector<FollowedCohort> cohorts;
};

/// The list that ships. Errors: kInternal, it is checked by the tests.
Result<StageList> ShippedStages();

/// The stages of a plan's `journey` block: a stage without `of` follows the one before it. Errors: kInput
/// with file:line:column for a stage without id, without metric or counts, or with an `of` that stands not
/// before it.
Result<std::vector<JourneyStage>> ReadStages(const Yaml& journey, std::string_view file);

}  // namespace backcast
