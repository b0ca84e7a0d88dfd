// SPDX-License-Identifier: Apache-2.0
// What the condition behind a stage's count says.
#pragma once

#include <set>
#include <string>

#include "catalog/formula.h"

namespace backcast {

/// Columns that must be reported: those in "is not missing".
void CollectAskedToBeThere(const RowExpression& condition, std::set<std::string>& columns);

/// Conditions that must all hold, each in one spelling.
void CollectAllOf(const RowExpression& condition, std::set<std::string>& parts);

}  // namespace backcast
