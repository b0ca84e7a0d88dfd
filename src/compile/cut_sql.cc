// SPDX-License-Identifier: Apache-2.0
#include "compile/cut_sql.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "compile/dimensions.h"
#include "compile/row_sql.h"

namespace backcast {
namespace {

std::set<std::string> WordsOf(std::string_view cut) {
  constexpr std::string_view kBetween = ", ";
  std::set<std::string> words;
  while (!cut.empty()) {
    const std::size_t end = std::min(cut.find(kBetween), cut.size());
    words.emplace(cut.substr(0, end));
    cut.remove_prefix(std::min(end + kBetween.size(), cut.size()));
  }
  return words;
}

/// "case ... end" over the row's cut.
template <class Number>
std::string CaseOf(const std::vector<Cut>& ranked, Number number) {
  std::string sql = "case coalesce(" + QuoteName(kBreakdown) + ", '')";
  for (std::size_t i = 0; i < ranked.size(); ++i)
    sql += " when " + QuoteText(ranked[i].breakdown) + " then " + std::to_string(number(i));
  return sql + " end";
}

/// The row's day, or nothing for the sum of several.
std::string OnDay(const Fact& fact, const std::vector<Cut>& ranked) {
  std::string list;
  for (const Cut& cut : ranked) {
    if (cut.by_period) list += (list.empty() ? "" : ", ") + QuoteText(cut.breakdown);
  }
  if (list.empty()) return QuoteName(fact.day);
  return "case when " + QuoteName(kBreakdown) + " in (" + list + ") then null else " + QuoteName(fact.day) +
         " end";
}

/// "1, 2, 3".
std::string Ordinals(std::size_t count) {
  std::string list;
  for (std::size_t i = 1; i <= count; ++i) list += (list.empty() ? "" : ", ") + std::to_string(i);
  return list;
}

}  // namespace

CutNeeds NeedsOf(const Question& question) {
  CutNeeds needs;
  for (const std::string& dimension : question.by) needs.wishes.insert(PlainName(dimension));
  for (const Filter& filter : question.filters) needs.musts.insert(PlainName(filter.dimension));
  return needs;
}

void AddMusts(const Expression& leaf, const CompileHints& hints, CutNeeds& needs) {
  std::set<std::string> columns;
  CollectColumns(leaf.condition, columns);
  const auto targeted = hints.targeted_by.find(leaf.fact);
  if (columns.contains("in_target") && targeted != hints.targeted_by.end())
    columns.insert(targeted->second.begin(), targeted->second.end());
  needs.musts.merge(columns);
}

bool IsMeasure(const Fact& fact, const FactColumn& column) {
  return (column.type == Type::kCount || column.type == Type::kNumber || column.type == Type::kMoney) &&
         std::find(fact.key.begin(), fact.key.end(), column.name) == fact.key.end();
}

RankedCuts RankCuts(const Fact& fact, const CutReports& reports, const CutNeeds& needs) {
  std::map<std::tuple<int, bool, std::size_t, std::string>, Cut> ranked;
  for (const auto& [breakdown, measures] : reports.breakdowns) {
    const std::set<std::string> words = WordsOf(breakdown);
    int lacking = 0;
    for (const std::string& column : fact.cut_by) {
      if (words.contains(column)) continue;
      if (needs.musts.contains(column)) lacking += static_cast<int>(fact.cut_by.size()) + 1;
      if (needs.wishes.contains(column)) lacking += 1;
    }
    ranked.emplace(std::tuple(lacking, !words.contains(fact.cut_by.front()), words.size(), breakdown),
                   Cut{breakdown, lacking, words.contains(std::string(kByPeriod))});
  }
  RankedCuts cuts{{}, reports.owners};
  for (auto& [rank, cut] : ranked) cuts.best_first.push_back(std::move(cut));
  return cuts;
}

std::set<std::string> MeasuresOf(const Expression& leaf, const Fact& fact) {
  std::set<std::string> columns;
  CollectColumns(leaf.row, columns);
  CollectColumns(leaf.condition, columns);
  std::erase_if(columns, [&](const std::string& name) {
    const FactColumn* column = fact.Find(name);
    return column == nullptr || !IsMeasure(fact, *column);
  });
  return columns;
}

std::string CutSql(const Fact& fact, std::string_view name, const RankedCuts& cuts,
                   const std::set<std::string>& measures, bool together, const Dialect& dialect, bool whole) {
  const std::vector<Cut>& ranked = cuts.best_first;
  std::set<std::string> deciding = measures;
  std::string once;
  for (const FactColumn& column : fact.columns) {
    const bool measure = IsMeasure(fact, column);
    if (measure && measures.empty()) deciding.insert(column.name);
    if (!measure || (whole && !measures.contains(column.name)))
      once += (once.empty() ? "f." : ", f.") + QuoteName(column.name);
  }
  std::string owner, join, keys;
  for (std::size_t i = 0; i < cuts.owners.size(); ++i) {
    const std::string key = QuoteName("owner" + std::to_string(i));
    owner += "coalesce(" + QuoteName(cuts.owners[i]) + ", '') as " + key + ", ";
    join += "b." + key + " = f." + key + " and ";
    keys += key + ", ";
  }
  const std::string head = owner +
                           Spell(dialect.truncate.value, {{"unit", "month"}, {"x", QuoteName(fact.day)}}) +
                           " as \"cut_month\", " + OnDay(fact, ranked) + " as \"cut_day\", " +
                           CaseOf(ranked, [](std::size_t i) { return i; }) + " as \"cut\"";
  // Even for days, odd for sums of several: the least of a month says which of the two counts.
  const std::string kind =
      CaseOf(ranked, [&](std::size_t i) { return 2 * ranked[i].lacking + (ranked[i].by_period ? 1 : 0); });
  std::string all;
  for (const std::string& measure : measures)
    all += (all.empty() ? "" : " and ") + QuoteName(measure) + " is not null";
  std::string reported, kinds, best, kept;
  for (const std::string& measure : deciding) {
    const std::string column = QuoteName(measure), of_month = QuoteName(measure + " of the month");
    reported +=
        ",\n    count(" + (together ? "case when " + all + " then 1 end" : column) + ") > 0 as " + column;
    kinds += ",\n    min(case when " + column + " then \"kind\" end) over owners as " + of_month;
    best += ",\n    min(case when " + column + " and " + of_month +
            " % 2 = \"kind\" % 2 then \"cut\" end) as " + column;
    kept += (kept.empty() ? "" : ", ") + ("b." + column);
    if (measures.contains(measure)) {
      once += ",\n    case when f.\"cut\" = b." + column + " then f." + column + " end as " + column;
    }
  }
  for (const std::string_view lineage : kLineage) {
    if (whole) once += ", f." + QuoteName(lineage);
  }
  const std::string table = QuoteName(fact.id);
  const std::string told = QuoteName(std::string(name) + "_cuts"),
                    chosen = QuoteName(std::string(name) + "_chosen");
  return "-- " + fact.id +
         ": reports of the same days are cut in several ways; each number comes from one of them\n" + told +
         " as (\n  select " + head + ", " + kind + " as \"kind\"" + reported + "\n  from " + table +
         "\n  group by " + Ordinals(cuts.owners.size() + 4) + "\n),\n" + chosen + " as (\n  select " + keys +
         "\"cut_month\", \"cut_day\"" + best + "\n  from (\n    select *" + kinds + "\n    from " + told +
         " window owners as (partition by " + keys + "\"cut_month\")\n  ) as c\n  group by " + keys +
         "\"cut_month\", \"cut_day\"\n),\n" + QuoteName(std::string(name) + "_once") + " as (\n  select " +
         once + "\n  from (select *, " + head + " from " + table + ") as f\n  join " + chosen + " as b on " +
         join +
         "b.\"cut_month\" = f.\"cut_month\" and b.\"cut_day\" is not distinct from f.\"cut_day\"\n  where "
         "f.\"cut\" in (" +
         kept + ")\n)";
}

}  // namespace backcast
