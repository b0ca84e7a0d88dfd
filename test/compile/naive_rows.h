// SPDX-License-Identifier: Apache-2.0
// Row expressions by their plain meaning.
#pragma once

#include <optional>
#include <set>

#include "catalog/formula.h"
#include "test/compile/world.h"

namespace backcast {

Cell CellOf(const WorldRow& row, const std::string& column);
Cell EvaluateRow(const RowExpression& expression, const WorldRow& row);
std::optional<double> NumberOf(const Cell& cell);
/// Two-valued: what is not known to be true is false.
bool Holds(const RowExpression& condition, const WorldRow& row);
/// Columns that must be reported somewhere for the condition to say anything.
void AsksFor(const RowExpression& condition, std::set<std::string>& columns);

}  // namespace backcast
