// SPDX-License-Identifier: Apache-2.0
// What the steps of backing out share. Each step is a file of this folder; guide/back_out.cc takes them in
// order.
#pragma once

#include <string>
#include <vector>

#include "guide/back_out.h"
#include "guide/proposals.h"

namespace backcast {

/// A KPI that nobody in the team can move, with who usually moves such a number.
struct UnownedKpi {
  ProposedKpi kpi;
  std::vector<std::string> usually;
};

struct Backing {
  const Yaml& answers;
  const Questions& questions;
  const Catalogue& catalogue;
  const DriverTreeSet& trees;
  const Proposals& data;
  bool has_sold = false;  ///< another digital channel sells it already
  std::vector<UnownedKpi> unowned;
  BackedOut out;
};

}  // namespace backcast
