// SPDX-License-Identifier: Apache-2.0
#include "desk/asked_columns.h"

#include "compile/row_sql.h"

namespace backcast {
namespace {

void Collect(const Expression& expression, const Catalogue& catalogue, std::set<std::string>& asked) {
  if (expression.kind == Expression::Kind::kAggregate) {
    std::set<std::string> columns;
    CollectColumns(expression.row, columns);
    CollectColumns(expression.condition, columns);
    for (const std::string& column : columns) asked.insert(expression.fact + "." + column);
  }
  if (expression.kind == Expression::Kind::kMetric) {
    if (const Metric* metric = catalogue.Find(expression.metric))
      Collect(metric->expression, catalogue, asked);
  }
  for (const Expression& part : expression.parts) Collect(part, catalogue, asked);
}

}  // namespace

std::set<std::string> AskedColumns(const Question& question, const Catalogue& catalogue) {
  std::set<std::string> asked;
  for (const std::string& id : question.metrics) {
    const Metric* metric = catalogue.Find(id);
    if (metric == nullptr) continue;
    Collect(metric->expression, catalogue, asked);
    for (const std::string& fact : catalogue.FactsOf(*metric)) {
      for (const std::string& dimension : question.by) asked.insert(fact + "." + dimension);
      for (const Filter& filter : question.filters) asked.insert(fact + "." + filter.dimension);
    }
  }
  return asked;
}

}  // namespace backcast
