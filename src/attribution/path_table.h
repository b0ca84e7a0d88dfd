// SPDX-License-Identifier: Apache-2.0
// Journeys that were counted elsewhere: a table of paths, each with how many converted and how many did not.
#pragma once

#include <vector>

#include "attribution/journey_rules.h"
#include "attribution/journeys.h"
#include "attribution/path_shape.h"

namespace backcast {

/// Collects rows of such a table. Nobody says which journeys one person made, so each counts as a person.
class PathTable {
 public:
  /// `direct`: the code of direct visits, or kNoChannel.
  PathTable(const JourneyRules& rules, ChannelCode direct)
      : rules_(rules), direct_(direct), index_(journeys_) {}
  /// A path of at least one touch, oldest first; counts are whole and, like the value, not below zero. The
  /// same path may come again.
  void Add(std::vector<ChannelCode> path, double converting, double value, double not_converting);
  /// After the last row; the table is empty then.
  Journeys Finish();
  const ShapedPaths& shaped() const { return shaped_; }

 private:
  JourneyRules rules_;
  ChannelCode direct_;
  Journeys journeys_;
  PathIndex index_;
  ShapedPaths shaped_;
};

}  // namespace backcast
