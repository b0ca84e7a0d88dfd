// SPDX-License-Identifier: Apache-2.0
// The rules that shorten a path: direct visits, repeats, length.
#pragma once

#include <cstdint>
#include <vector>

#include "attribution/journey_rules.h"
#include "attribution/journeys.h"

namespace backcast {

/// How often a rule took something away.
struct ShapedPaths {
  double direct_dropped = 0, collapsed = 0;  ///< touches
  double cut = 0;                            ///< journeys
};

/// Applies the rules to the path of `journeys` journeys and, when given, to the times of its touches. A path
/// that has a touch keeps one.
void ShapePath(const JourneyRules& rules, ChannelCode direct, std::vector<ChannelCode>& path,
               std::vector<std::int64_t>* times, ShapedPaths& shaped, double journeys = 1);

}  // namespace backcast
