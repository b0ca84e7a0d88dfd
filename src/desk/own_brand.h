// SPDX-License-Identifier: Apache-2.0
// Which mentions are of the plan's own brand, where the export names the brand and not whose it is.
#pragma once

#include <string>
#include <vector>

#include "engine/duckdb.h"
#include "lake/lake.h"
#include "plan/plan.h"

namespace backcast {

/// listening.own of the plan, else the brand's name; the case of letters does not matter.
std::vector<std::string> OwnBrandNames(const Plan& plan);

/// Fills mention.is_own_brand where a file left it open and names a brand: true for the plan's own names,
/// false for others. Where no mention at all is of an own name nothing is filled, because then the names do
/// not fit and "none is ours" would be a guess. Replaces the fact's view; call after Lake::Attach.
Result<Done> ApplyOwnBrand(const Plan& plan, const LakeStatistics& statistics, DuckDb& engine);

}  // namespace backcast
