// SPDX-License-Identifier: Apache-2.0
// The rows behind a number, for a reader who wants to see them.
#include <algorithm>

#include "base/nearest.h"
#include "compile/compile.h"
#include "compile/currency_sql.h"
#include "compile/cut_sql.h"
#include "compile/dimensions.h"
#include "compile/leaves.h"
#include "compile/row_sql.h"
#include "compile/scan_sql.h"

namespace backcast {
namespace {

Error Usage(std::string what, std::string hint = "") {
  return Error{Code::kUsage, "", std::move(what), std::move(hint)};
}

/// Aggregates of the metric over the fact that its first aggregate reads, `empty` facts left out.
void CollectOfFirstFact(const Expression& expression, const Catalogue& catalogue,
                        const std::set<std::string>& empty, std::vector<const Expression*>& leaves) {
  if (expression.kind == Expression::Kind::kAggregate && !empty.contains(expression.fact)) {
    if (leaves.empty() || (leaves[0]->fact == expression.fact && leaves[0]->day == expression.day))
      leaves.push_back(&expression);
  }
  if (expression.kind == Expression::Kind::kMetric) {
    if (const Metric* metric = catalogue.Find(expression.metric))
      CollectOfFirstFact(metric->expression, catalogue, empty, leaves);
  }
  for (const Expression& part : expression.parts) CollectOfFirstFact(part, catalogue, empty, leaves);
}

/// A row is shown when one of the aggregates takes it.
std::string AnyCondition(const std::vector<const Expression*>& leaves, const Dialect& dialect) {
  std::string any;
  for (const Expression* leaf : leaves) {
    const std::string condition = ConditionSql(leaf->condition, dialect);
    if (condition.empty()) return "";
    if (any.find(condition) == std::string::npos) any += (any.empty() ? "" : " or ") + condition;
  }
  return any;
}

/// Beside the amounts as they stand: the rate of the row's day, and what each is at it; nothing where a rate
/// lacks.
std::string ConvertedColumns(const Fact& fact, const std::string& currency) {
  const std::string rate = QuoteName(kRates) + ".\"rate\"", own = "f.\"currency\"";
  std::string shown = ", " + rate + " as " + QuoteName("rate_to_" + currency);
  for (const FactColumn& column : fact.columns) {
    if (column.type != Type::kMoney) continue;
    shown += ", case when " + own + " is null or " + own + " = " + QuoteText(currency) + " or " + rate +
             " is not null then " + ConvertedSql(column.name, currency) + " end as " +
             QuoteName(column.name + "_in_" + currency);
  }
  return shown;
}

}  // namespace

Result<Statement> CompileRows(const Catalogue& catalogue, const Schemas& schemas, std::string_view metric_id,
                              const std::vector<Filter>& filters, const Window& window, int limit,
                              const Dialect& dialect, const CompileHints& hints) {
  const Metric* metric = catalogue.Find(metric_id);
  if (metric == nullptr)
    return Usage("there is no metric '" + std::string(metric_id.substr(0, 60)) + "'",
                 DidYouMean(metric_id, catalogue.ids()));
  std::vector<const Expression*> leaves;
  CollectOfFirstFact(metric->expression, catalogue, hints.empty, leaves);
  if (leaves.empty()) CollectOfFirstFact(metric->expression, catalogue, {}, leaves);
  if (leaves.empty())
    return Usage(metric->id + " has no rows of its own: it is computed by " + metric->computed_by, "");
  // The question itself tells whether the filters fit, in the same words.
  const Question question{{metric->id}, {}, filters, {window}};
  BACKCAST_TRY(const Compiled checked, Compile(catalogue, schemas, question, dialect));
  static_cast<void>(checked);
  const Fact& fact = *schemas.Find(leaves[0]->fact);
  Scan scan;
  scan.fact = &fact;
  scan.day = leaves[0]->day.empty() ? fact.asked_by : leaves[0]->day;
  const std::vector<Window> windows = {window};
  const Segments segments = CutWindows(windows);
  ScanRequest request{&scan, {}, ResolveFilters(catalogue, schemas, fact, filters), &segments, &windows};
  std::string once;
  if (const auto cuts = hints.cuts.find(fact.id); cuts != hints.cuts.end()) {
    CutNeeds needs = NeedsOf(question);
    std::set<std::string> measures;
    for (const Expression* leaf : leaves) {
      AddMusts(*leaf, hints, needs);
      measures.merge(MeasuresOf(*leaf, fact));
    }
    scan.name = fact.id;
    request.cuts = RankCuts(fact, cuts->second, needs);
    once = CutSql(fact, scan.name, request.cuts, measures, false, dialect, true) + "\n";
  }
  std::vector<std::string> columns;
  for (const FactColumn& column : fact.columns) columns.push_back(column.name);
  if (!fact.is_dimension) columns.insert(columns.end(), std::begin(kLineage), std::end(kLineage));
  std::string order = "f." + QuoteName(scan.day) + " desc";
  for (const std::string& key : fact.key) {
    if (key != scan.day) order += ", f." + QuoteName(key);
  }
  // Days and instants as people read them; their text sorts as they do.
  std::string shown;
  for (const std::string& name : columns) {
    const FactColumn* column = fact.Find(name);
    const bool when = column != nullptr && (column->type == Type::kDay || column->type == Type::kInstant);
    const std::string own = "f." + QuoteName(name);
    shown +=
        (shown.empty() ? "" : ", ") + (when ? "cast(" + own + " as varchar) as " + QuoteName(name) : own);
  }
  std::string with = once.empty() ? "" : "with\n" + once, rates;
  if (hints.foreign.contains(fact.id)) {
    shown += ConvertedColumns(fact, hints.currency);
    with = "with\n" + RatesSql(hints.currency, window) + (once.empty() ? "\n" : ",\n" + once);
    rates = "\n" + RateJoin("f." + QuoteName(scan.day));
  }
  const std::string any = AnyCondition(leaves, dialect);
  Statement statement;
  statement.text = with + "-- the rows of " + fact.id + " behind " + metric->id + ", newest first\nselect " +
                   shown + "\nfrom (\n  select * from (\n" + SourceSql(request, columns, dialect, 4) +
                   "\n  ) as f" + (any.empty() ? "" : "\n  where " + any) + "\n) as f" + rates +
                   "\norder by " + order + "\nlimit " + std::to_string(std::max(limit, 0));
  return statement;
}

}  // namespace backcast
