// SPDX-License-Identifier: Apache-2.0
// When a number becomes the goal: KPIs that rise without what they should bring (METHODS 6), guards that fall
// while their KPI rises, everything hung on one metric. An alarm asks a question; it accuses nobody.
#pragma once

#include <string>
#include <vector>

#include "chain/chain_data.h"
#include "chain/claim.h"
#include "chain/graph.h"
#include "measure/fixation.h"

namespace backcast {

struct Alarm {
  std::string rule;  ///< G01 fixation, G02 guard, G03 concentration
  std::string node;  ///< KPI or metric it concerns
  std::string to;    ///< G01: the outcome that did not follow
  Claim claim;
  Place place;
};

/// What was looked at for one believed link.
struct FixationLook {
  std::string from, to;
  FixationTest test;
  bool alarm = false;
};

struct Alarms {
  std::vector<Alarm> alarms;
  std::vector<FixationLook> looks;  ///< of every link that was looked at, alarm or not
};

/// The chance of a false fixation alarm is shared over all links looked at, so that a whole plan stays under
/// 2.5 %.
Alarms LookForAlarms(const ValueChain& chain, const ChainData& data, const Plan& plan);

}  // namespace backcast
