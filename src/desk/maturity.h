// SPDX-License-Identifier: Apache-2.0
// Which days may still be restated by the platform that reported them.
#pragma once

#include <vector>

#include "desk/coverage.h"
#include "lake/lake.h"

namespace backcast {

/// Fills settled_through of every fact: the newest load of each of its sources, less the days that the source
/// may still change (catalogue/restatement.yaml); the earliest over its sources counts.
Result<Done> AddMaturity(const std::vector<LoadRecord>& loads, std::vector<FactCoverage>& coverage);

}  // namespace backcast
