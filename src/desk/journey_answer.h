// SPDX-License-Identifier: Apache-2.0
// The parts of a journey's answer, and their two kinds of paper.
#pragma once

#include <string>
#include <vector>

#include "desk/answer.h"
#include "desk/journey_cohorts.h"
#include "desk/journey_targeting.h"
#include "desk/journey_volumes.h"

namespace backcast {

struct JourneyAnswer {
  std::string workspace, by;
  Window period, compare;
  Day as_of{};
  Volumes volumes;
  JourneySteps steps;
  std::vector<CohortAnswer> cohorts;
  std::vector<TargetShare> targeting;
};

std::string JourneyJson(const JourneyAnswer& answer);
/// Text, CSV or Markdown.
std::string JourneyPaper(const JourneyAnswer& answer, Format format);

}  // namespace backcast
