// SPDX-License-Identifier: Apache-2.0
// Row expressions of formulas -> SQL over the fact's own column names.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/formula.h"
#include "facts/schema.h"
#include "sql/dialect.h"

namespace backcast {

/// A value; missing parts make it NULL.
std::string ValueSql(const RowExpression& expression, const Dialect& dialect);

/// A condition for WHERE, FILTER or CASE: NULL counts as false, also under `not`.
std::string ConditionSql(const RowExpression& expression, const Dialect& dialect);

/// " filter (where ...)" of the conditions that are not empty.
std::string FilterSql(const std::vector<std::string>& conditions);

/// Whether sums of it are exact whatever the order: counts and money, added and subtracted only.
bool IsExact(const RowExpression& expression, const Fact& fact);

bool HasMoney(const RowExpression& expression, const Fact& fact);

void CollectColumns(const RowExpression& expression, std::set<std::string>& columns);

/// Columns without which the condition says nothing: those in its comparisons and flags that are joined by
/// `and`, and those it asks to be missing.
void CollectRequired(const RowExpression& condition, std::set<std::string>& columns);

}  // namespace backcast
