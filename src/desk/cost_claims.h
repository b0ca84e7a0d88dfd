// SPDX-License-Identifier: Apache-2.0
// The sentences of a cost answer, each made from the numbers of its decision. Included by desk sources only.
#pragma once

#include <vector>

#include "chain/claim.h"
#include "desk/cost.h"

namespace backcast {

/// What can be said of a row: the verdict first, then a change that was shown. None for rows without numbers.
std::vector<Claim> ClaimsOf(const CostAnswer& answer, const JudgedCost& row);

}  // namespace backcast
