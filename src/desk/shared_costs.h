// SPDX-License-Identifier: Apache-2.0
// Cost lines that more than one tactic of the plan takes for its own.
#pragma once

#include <optional>
#include <vector>

#include "base/day.h"
#include "plan/data_picture.h"
#include "plan/plan.h"

namespace backcast {

/// The days and the words of one kind of cost line: its label columns by name.
struct CostKind {
  Window days;
  std::vector<std::pair<std::string, std::string>> words;
};

/// Pairs of tactics whose scopes speak only of columns of a cost line, both take the line in, and both run on
/// its days; each pair once, with the first line. A tactic without a scope books nothing.
std::vector<SharedCost> FindSharedCosts(const Plan& plan, const std::vector<CostKind>& lines);

}  // namespace backcast
