// SPDX-License-Identifier: Apache-2.0
#include "desk/hints.h"

#include <algorithm>
#include <set>

#include "compile/cut_sql.h"
#include "desk/coverage.h"
#include "desk/targeting.h"

namespace backcast {
namespace {

/// Whether more than one kind of cut can be in the fact, by what its files say of themselves.
bool MayBeCut(const Fact& fact, const LakeStatistics& statistics) {
  const auto told = statistics.find(fact.id);
  if (told == statistics.end()) return true;
  const auto range = told->second.words.find(std::string(kBreakdown));
  if (range != told->second.words.end()) return range->second.first != range->second.second;
  return told->second.rows > 0 && !told->second.missing.contains(std::string(kBreakdown));
}

/// Facts of which the expression counts different ids.
void CollectCounted(const Expression& expression, const Catalogue& catalogue, std::set<std::string>& facts) {
  if (expression.aggregate == "count_distinct") facts.insert(expression.fact);
  if (expression.kind == Expression::Kind::kMetric) {
    if (const Metric* other = catalogue.Find(expression.metric))
      CollectCounted(other->expression, catalogue, facts);
  }
  for (const Expression& part : expression.parts) CollectCounted(part, catalogue, facts);
}

/// The columns of cut_within that tell owners apart: where no more than one is named, a report without a name
/// is taken for his.
Result<std::vector<std::string>> ReadOwners(DuckDb& engine, const Fact& fact) {
  std::string select, earlier;
  for (const std::string& column : fact.cut_within) {
    select += (select.empty() ? "" : ", ") +
              ("(select max(n) from (select count(distinct nullif(" + QuoteName(column)) +
              ", '')) as n from " + QuoteName(fact.id) + (earlier.empty() ? "" : " group by " + earlier) +
              "))";
    earlier += (earlier.empty() ? "" : ", ") + QuoteName(column);
  }
  BACKCAST_TRY(const Table table, engine.Run(Statement{"select " + select, {}}));
  std::vector<std::string> owners;
  for (std::size_t i = 0; i < fact.cut_within.size(); ++i) {
    if (table.columns[i].present[0] != 0 && table.columns[i].numbers[0] > 1)
      owners.push_back(fact.cut_within[i]);
  }
  return owners;
}

/// No breakdowns when nobody has reports that are cut in several ways.
Result<CutReports> ReadReports(DuckDb& engine, const Fact& fact) {
  CutReports reports;
  BACKCAST_TRY(reports.owners, ReadOwners(engine, fact));
  std::string owners;
  for (const std::string& column : reports.owners) owners += ", coalesce(" + QuoteName(column) + ", '')";
  const std::string cut = "coalesce(" + QuoteName(kBreakdown) + ", '')", table = QuoteName(fact.id);
  std::string counts;
  std::vector<std::string> measures;
  for (const FactColumn& column : fact.columns) {
    if (!IsMeasure(fact, column)) continue;
    counts += ", count(" + QuoteName(column.name) + ")";
    measures.push_back(column.name);
  }
  BACKCAST_TRY(const Table cuts,
               engine.Run(Statement{"select " + cut + " as cut" + counts + " from " + table +
                                        " where exists (select 1 as one" + owners + " from " + table +
                                        " group by all having count(distinct " + cut + ") > 1) group by all",
                                    {}}));
  for (std::size_t row = 0; row < cuts.rows; ++row) {
    std::set<std::string>& has = reports.breakdowns[cuts.columns[0].words[row]];
    for (std::size_t i = 0; i < measures.size(); ++i) {
      if (cuts.columns[i + 1].numbers[row] > 0) has.insert(measures[i]);
    }
  }
  return reports;
}

/// Only `cuts` and `targeted_by`.
Result<CompileHints> ReadCuts(Workspace& workspace, const Ready& ready, const std::set<std::string>& facts) {
  CompileHints hints;
  for (const Fact& fact : workspace.schemas().all()) {
    if (fact.cut_by.empty() || !facts.contains(fact.id) || !MayBeCut(fact, ready.statistics)) continue;
    auto known = ready.cuts->find(fact.id);
    if (known == ready.cuts->end()) {
      BACKCAST_TRY(CutReports read, ReadReports(workspace.engine(), fact));
      known = ready.cuts->emplace(fact.id, std::move(read)).first;
    }
    const CutReports& reports = known->second;
    if (reports.breakdowns.empty()) continue;
    hints.cuts[fact.id] = reports;
    if (workspace.plan()) hints.targeted_by[fact.id] = TargetColumns(*workspace.plan(), fact);
  }
  return hints;
}

}  // namespace

Result<CompileHints> ReadRowHints(Workspace& workspace, const Ready& ready, const std::string& metric) {
  const Metric* known = workspace.catalogue().Find(metric);
  if (known == nullptr) return CompileHints{};  // whoever compiles it says so
  const std::vector<std::string> facts = workspace.catalogue().FactsOf(*known);
  BACKCAST_TRY(CompileHints hints, ReadCuts(workspace, ready, {facts.begin(), facts.end()}));
  for (const FactCoverage& fact : ready.coverage) {
    if (fact.rows == 0) hints.empty.insert(fact.fact);
  }
  hints.currency = ready.currency;
  hints.foreign = ready.foreign;
  return hints;
}

Result<CompileHints> ReadHints(Workspace& workspace, const Ready& ready, const Outline& outline,
                               const std::set<std::string>& facts, const std::vector<std::string>& by) {
  BACKCAST_TRY(CompileHints hints, ReadCuts(workspace, ready, facts));
  for (const FactCoverage& fact : ready.coverage) {
    if (fact.currencies.size() <= 1) hints.one_currency.insert(fact.fact);
  }
  if (!ready.foreign.empty()) {
    hints.currency = ready.currency;
    hints.foreign = ready.foreign;
  }
  std::set<std::string> counted;
  for (const Scoped& scoped : outline.scopes) {
    for (const std::string& id : scoped.metrics)
      CollectCounted(workspace.catalogue().Find(id)->expression, workspace.catalogue(), counted);
  }
  if (counted.empty()) return hints;
  hints.data = {*FirstDay(ready.coverage), *LastDay(ready.coverage) + std::chrono::days{1}};
  for (const Fact& dimension : workspace.schemas().all()) {
    const auto told = ready.statistics.find(dimension.id);
    if (!dimension.is_dimension || told == ready.statistics.end()) continue;
    const auto ids = told->second.integers.find(dimension.id + "_key");
    if (ids != told->second.integers.end()) hints.max_id[dimension.id] = ids->second.second;
  }
  std::string sql;
  for (const std::string& name : by) {
    for (const std::string& fact : counted) {
      const FactColumn* column = workspace.schemas().Find(fact)->Find(name);
      if (column == nullptr || column->type != Type::kLabel) continue;
      sql += (sql.empty() ? "" : "\nunion all ") + ("select " + QuoteText(name)) +
             " as name, count(*) as number from (select distinct " + QuoteName(name) + " from " +
             QuoteName(fact) + ")";
    }
  }
  if (sql.empty()) return hints;
  BACKCAST_TRY(const Table table, workspace.engine().Run(Statement{sql, {}}));
  for (std::size_t row = 0; row < table.rows; ++row) {
    std::int64_t& number = hints.values[table.columns[0].words[row]];
    number = std::max(number, static_cast<std::int64_t>(table.columns[1].numbers[row]));
  }
  return hints;
}

std::vector<std::string> CutLines(const CompileHints& hints, const Schemas& schemas) {
  std::vector<std::string> lines;
  for (const auto& [id, reports] : hints.cuts) {
    std::string list;
    for (const Cut& cut : RankCuts(*schemas.Find(id), reports, {}).best_first)
      list += (list.empty() ? "" : "; ") + (cut.breakdown.empty() ? "not said" : cut.breakdown);
    lines.push_back(id + ": reports of the same days that are cut in several ways (" + list +
                    ") are not added; each number comes from the one that fits it best");
  }
  return lines;
}

}  // namespace backcast
