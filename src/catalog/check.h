// SPDX-License-Identifier: Apache-2.0
// What a formula may say: columns exist, types and units agree, people and stocks are not added.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"

namespace backcast {

/// Type of a row expression, as far as it matters for what may be compared and added.
enum class RowType : std::uint8_t { kNumber, kMoney, kText, kFlag, kDay, kInstant, kCode };

/// Type of a value over the fact's columns. Errors: kInput: unknown column (nearest name), types that do not
/// fit.
Result<RowType> TypeOfValue(const RowExpression& expression, const Fact& fact);

/// One fault of a formula: `at` is the character where it begins.
struct FormulaFault {
  std::size_t at = 1;
  std::string what, hint;
};

/// Facts, columns and types of every aggregate, and the sums that are refused.
std::vector<FormulaFault> CheckAggregates(const Expression& expression, const Schemas& schemas);

using FindMetric = std::function<const Metric*(std::string_view)>;

/// Unit and basis of the whole against what the entry declares; `find` gives the metrics it refers to.
std::vector<FormulaFault> CheckUnits(const Metric& metric, const Schemas& schemas, const FindMetric& find);

}  // namespace backcast
