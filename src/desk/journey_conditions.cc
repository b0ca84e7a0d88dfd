// SPDX-License-Identifier: Apache-2.0
#include "desk/journey_conditions.h"

namespace backcast {
namespace {

void Collect(const RowExpression& condition, bool negated, std::set<std::string>& columns) {
  if (condition.kind == RowExpression::Kind::kMissing && negated && !condition.parts.empty())
    columns.insert(condition.parts[0].text);
  const bool turns = condition.kind == RowExpression::Kind::kNot;
  for (const RowExpression& part : condition.parts) Collect(part, negated != turns, columns);
}

}  // namespace

void CollectAskedToBeThere(const RowExpression& condition, std::set<std::string>& columns) {
  Collect(condition, false, columns);
}

void CollectAllOf(const RowExpression& condition, std::set<std::string>& parts) {
  if (condition.kind == RowExpression::Kind::kNone) return;
  if (condition.kind == RowExpression::Kind::kAnd) {
    for (const RowExpression& part : condition.parts) CollectAllOf(part, parts);
  } else {
    parts.insert(ToText(condition));
  }
}

}  // namespace backcast
