// SPDX-License-Identifier: Apache-2.0
// Driver trees as data: what comes in is catalogue/plan/driver_trees.yaml, what goes out says which factors
// make an outcome.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backcast {

/// A factor of the outcome's identity.
struct DriverFactor {
  std::string metric;
  std::vector<std::string> usually;  ///< who usually moves it: functions of the team or areas of influence
  double social_control = 0;         ///< 0..1: how far social work can move it
  double cap = 0;                    ///< largest believable relative change in one quarter
};

/// A metric that moves earlier; `factor` is empty when it leads the outcome itself.
struct DriverLead {
  std::string factor, metric;
  int lag_weeks = 0;
};

struct DriverTree {
  std::string id, outcome, ceo, condition, method;
  std::vector<std::string> also;  ///< outcomes that the same factors make, up to their unit
  std::vector<DriverFactor>
      identity;  ///< their product is the outcome, up to a closing factor; empty for rare counts
  std::vector<DriverLead> leads;
  std::vector<std::string> costs, guards;
  int lag_weeks = 0;
};

/// The trees that ship with the program.
const std::vector<DriverTree>& DriverTrees();

/// Reads trees from YAML text. Errors: kInput with file:line:column.
Result<std::vector<DriverTree>> ParseDriverTrees(std::string_view yaml, std::string_view file);

/// The shipped tree of that id, or nullptr.
const DriverTree* FindDriverTree(std::string_view id);

/// The shipped tree whose outcome is this metric, or that is also about it; nullptr when there is none.
const DriverTree* DriverTreeFor(std::string_view metric);

}  // namespace backcast
