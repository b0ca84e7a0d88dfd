// SPDX-License-Identifier: Apache-2.0
// The parts of a journey's answer, what follows from it, and its two kinds of paper.
#pragma once

#include <string>
#include <vector>

#include "chain/claim.h"
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

/// Errors: as ShowJourney.
Result<JourneyAnswer> ReadJourney(Workspace& workspace, const Ready& ready, const std::string& by,
                                  const std::vector<Filter>& filters);

/// The step that fell most, by more than chance explains, and whose it is; none when no step did.
std::vector<Claim> JourneyClaims(const JourneyAnswer& answer);
/// "Won: so far; what began late had less time for it."; empty when no stage still fills up.
std::string FillingUp(const JourneyAnswer& answer);
/// That no step fell, with what other steps lack for a verdict; empty when one did or nothing is compared.
std::string NoWeakStep(const JourneyAnswer& answer);

std::string JourneyJson(const JourneyAnswer& answer);
/// Text, CSV or Markdown.
std::string JourneyPaper(const JourneyAnswer& answer, Format format);

}  // namespace backcast
