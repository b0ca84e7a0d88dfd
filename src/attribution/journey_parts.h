// SPDX-License-Identifier: Apache-2.0
// Journeys of persons that were built apart, by several threads, into one.
#pragma once

#include <vector>

#include "attribution/journey_builder.h"
#include "attribution/journeys.h"

namespace backcast {

/// What a builder made of some of the persons.
struct JourneyPart {
  Journeys journeys;
  JourneyCoverage coverage;
};

/// As one builder would have made them of the persons of all parts, one part after the other, to the last
/// bit. The parts are empty then.
JourneyPart JoinParts(std::vector<JourneyPart> parts);

}  // namespace backcast
