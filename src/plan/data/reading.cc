// SPDX-License-Identifier: Apache-2.0
#include "plan/data/reading.h"

#include <algorithm>

namespace backcast {
namespace {

/// The catalogue has no circles, so this ends.
std::vector<std::string> Lacking(const Expression& expression, const Catalogue& catalogue,
                                 const std::map<std::string, std::int64_t>& rows) {
  if (expression.kind == Expression::Kind::kAggregate) {
    const auto found = rows.find(expression.fact);
    if (found != rows.end() && found->second > 0) return {};
    return {expression.fact};
  }
  if (expression.kind == Expression::Kind::kMetric) {
    const Metric* other = catalogue.Find(expression.metric);
    return other == nullptr ? std::vector<std::string>() : LackingFacts(*other, catalogue, rows);
  }
  std::vector<std::string> lacking;
  for (const Expression& part : expression.parts) {
    std::vector<std::string> own = Lacking(part, catalogue, rows);
    if (expression.kind == Expression::Kind::kTotal && own.empty()) return {};
    lacking.insert(lacking.end(), own.begin(), own.end());
  }
  std::sort(lacking.begin(), lacking.end());
  lacking.erase(std::unique(lacking.begin(), lacking.end()), lacking.end());
  return lacking;
}

bool Names(const RowExpression& expression, const std::vector<std::string>& columns) {
  if (expression.kind == RowExpression::Kind::kColumn &&
      std::find(columns.begin(), columns.end(), expression.text) != columns.end()) {
    return true;
  }
  return std::any_of(expression.parts.begin(), expression.parts.end(),
                     [&](const RowExpression& part) { return Names(part, columns); });
}

bool Reads(const Expression& expression, const Catalogue& catalogue, const std::string& fact,
           const std::vector<std::string>& columns) {
  if (expression.kind == Expression::Kind::kAggregate) {
    return expression.fact == fact &&
           (Names(expression.row, columns) || Names(expression.condition, columns));
  }
  if (expression.kind == Expression::Kind::kMetric) {
    const Metric* other = catalogue.Find(expression.metric);
    return other != nullptr && Reads(*other, catalogue, fact, columns);
  }
  return std::any_of(expression.parts.begin(), expression.parts.end(),
                     [&](const Expression& part) { return Reads(part, catalogue, fact, columns); });
}

}  // namespace

std::vector<std::string> LackingFacts(const Metric& metric, const Catalogue& catalogue,
                                      const std::map<std::string, std::int64_t>& rows) {
  return metric.HasFormula() ? Lacking(metric.expression, catalogue, rows) : std::vector<std::string>();
}

bool Reads(const Metric& metric, const Catalogue& catalogue, const std::string& fact,
           const std::vector<std::string>& columns) {
  return metric.HasFormula() && Reads(metric.expression, catalogue, fact, columns);
}

}  // namespace backcast
