// SPDX-License-Identifier: Apache-2.0
#include "desk/bots_reported.h"

#include <set>

#include "compile/row_sql.h"
#include "compile/scan_sql.h"
#include "desk/question.h"

namespace backcast {
namespace {

std::string InPeriod(const Window& period) {
  return "date >= date " + QuoteText(ToIso(period.from)) + " and date < date " + QuoteText(ToIso(period.to));
}

/// Only visits themselves: what people do on a site is not done by machines in the same share.
bool CountsVisits(const Expression& formula) {
  return formula.kind == Expression::Kind::kAggregate && formula.aggregate == "sum" &&
         formula.fact == "site_day" && formula.row.kind == RowExpression::Kind::kColumn &&
         formula.row.text == "sessions";
}

std::optional<std::string> FilterOf(const ScanFilter& filter) {
  if (!filter.source.through.empty() || !filter.source.unit.empty()) return std::nullopt;
  const std::string column = filter.source.is_flag
                                 ? "cast(" + QuoteName(filter.source.column) + " as varchar)"
                                 : QuoteName(filter.source.column);
  std::string any = "false";
  for (const std::string& value : filter.values)
    any += " or " + column + (value.empty() ? " is null" : " = " + QuoteText(value));
  return "(" + any + ")";
}

/// Condition and scope over the log's own columns; nothing where it lacks one.
std::optional<std::string> OverTheLog(const Workspace& workspace, const Expression& formula,
                                      const Scope& scope, const Dialect& dialect) {
  const Fact& log = *workspace.schemas().Find("session");
  std::set<std::string> columns;
  CollectColumns(formula.condition, columns);
  for (const std::string& column : columns) {
    if (log.Find(column) == nullptr) return std::nullopt;
  }
  std::string where = ConditionSql(formula.condition, dialect);
  if (where.empty()) where = "true";
  std::vector<Filter> filters;
  for (const auto& [dimension, values] : scope) filters.push_back({dimension, values});
  const auto resolved = ResolveFilters(workspace.catalogue(), workspace.schemas(), log, filters);
  if (resolved.size() != filters.size()) return std::nullopt;
  for (const ScanFilter& filter : resolved) {
    const auto one = FilterOf(filter);
    if (!one) return std::nullopt;
    where += " and " + *one;
  }
  return where;
}

}  // namespace

Result<ReportedWithout> ShareByLog(Workspace& workspace, const Ready& ready, const Expression& formula,
                                   const Scope& scope) {
  const auto no = [](std::string because) { return ReportedWithout{std::nullopt, std::move(because)}; };
  if (!CountsVisits(formula)) return no("it comes from reports by day, in which visits cannot be told apart");
  DuckDb& engine = workspace.engine();
  const auto where = OverTheLog(workspace, formula, scope, engine.dialect());
  if (!where) return no("it comes from reports by day, cut by what the log of visits does not tell");
  const std::string period = InPeriod(ready.request.period);
  BACKCAST_TRY(const Table gaps,
               engine.Run("select count(*) as days from (select distinct date from site_day where " + period +
                          " and sessions > 0) as r where r.date not in (select date from session where " +
                          period + ")"));
  const double without = NumberAt(gaps, "days", 0).value_or(0);
  if (without > 0)
    return no("it comes from reports by day, and the log of visits lacks " +
              std::to_string(static_cast<int>(without)) + " of their days");
  BACKCAST_TRY(
      const Table counted,
      engine.Run("select sum(case when bot then 1 else 0 end) as suspected, sum(case when bot is not "
                 "null then 1 else 0 end) as told from session where " +
                 period + " and " + *where));
  LoggedShare share{
      NumberAt(counted, "suspected", 0).value_or(0), NumberAt(counted, "told", 0).value_or(0), {}};
  if (share.told == 0)
    return no("it comes from reports by day, and the log could judge none of these visits");
  BACKCAST_TRY(share.share, WilsonInterval(share.suspected, share.told));
  return ReportedWithout{share, ""};
}

}  // namespace backcast
