// SPDX-License-Identifier: Apache-2.0
#include "desk/journey_cohorts.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>

#include "catalog/formula.h"
#include "compile/dimensions.h"
#include "compile/row_sql.h"

namespace backcast {
namespace {

constexpr double kSecondsOfDay = 86400;

/// The first of the columns that a row has, as an instant; empty when the fact has rows for none of them.
std::string InstantSql(const Fact& fact, const TableStatistics& told,
                       const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& name : columns) {
    const FactColumn* column = fact.Find(name);
    if (column == nullptr || told.missing.contains(name)) continue;
    list += (list.empty() ? "" : ", ") + ("cast(" + QuoteName(name)) + " as timestamp)";
  }
  return list.empty() ? "" : "coalesce(" + list + ")";
}

/// The group of a row: a column of the fact, or its month; nothing when the fact has no such column.
std::optional<std::string> GroupSql(const Schemas& schemas, const Fact& fact, const std::string& by,
                                    const std::string& start, const Dialect& dialect) {
  if (by.empty()) return "''";
  const auto source = FindDimension(schemas, fact, by);
  if (!source || !source->through.empty()) return std::nullopt;
  if (source->unit.empty()) return "coalesce(cast(" + QuoteName(source->column) + " as varchar), '')";
  if (source->unit == "weekday" || source->unit == "day") return std::nullopt;
  return "cast(" +
         Spell(dialect.truncate.value, {{"unit", source->unit}, {"x", "cast(" + start + " as date)"}}) +
         " as varchar)";
}

/// " and column in (...)" per filter; nothing when the fact lacks a column.
std::optional<std::string> FilterSql(const Catalogue& catalogue, const Fact& fact,
                                     const std::vector<Filter>& filters) {
  std::string sql;
  for (const Filter& filter : filters) {
    const std::string name = PlainName(filter.dimension);
    if (fact.Find(name) == nullptr) return std::nullopt;
    std::string list;
    for (const std::string& value : filter.values) {
      const std::vector<std::string>* alias = catalogue.Alias(name, value);
      for (const std::string& each : alias == nullptr ? std::vector<std::string>{value} : *alias)
        list += (list.empty() ? "" : ", ") + QuoteText(each);
    }
    sql += " and coalesce(cast(" + QuoteName(name) + " as varchar), '') in (" + list + ")";
  }
  return sql;
}

std::string Days(const Dialect& dialect, const std::string& from, const std::string& to) {
  return Spell(dialect.seconds_between.value, {{"from", from}, {"to", to}}) + " / " +
         std::to_string(kSecondsOfDay);
}

std::string WindowSql(const std::string& column, const Window& window) {
  return column + " >= timestamp " + QuoteText(ToIso(window.from)) + " and " + column + " < timestamp " +
         QuoteText(ToIso(window.to));
}

/// Seconds since 1970 (epoch) of the latest instant that the cohort's columns hold.
Result<double> LatestInstant(const std::string& from, const std::vector<std::string>& instants,
                             DuckDb& engine) {
  std::string list;
  for (const std::string& instant : instants) list += (list.empty() ? "" : ", ") + ("max(" + instant + ")");
  BACKCAST_TRY(const Table table, engine.Run("select epoch(greatest(" + list + ")) as latest from " + from));
  return table.rows > 0 && table.columns[0].present[0] != 0 ? table.columns[0].numbers[0] : 0.0;
}

std::string ToInstantText(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds);
  const Day day{std::chrono::days{whole >= 0 ? whole / 86400 : (whole - 86399) / 86400}};
  const std::int64_t rest = whole - day.time_since_epoch().count() * 86400;
  char clock[24];
  std::snprintf(clock, sizeof clock, "T%02d:%02d:%02dZ", static_cast<int>(rest / 3600),
                static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
  return ToIso(day) + clock;
}

void Gather(const Table& table, CohortAnswer& answer, const std::string& by) {
  struct Members {
    std::vector<std::vector<std::optional<double>>> days;
    std::vector<double> observed;
  };
  std::map<std::string, Members> groups;
  const std::size_t steps = answer.cohort.steps.size();
  Members whole{std::vector<std::vector<std::optional<double>>>(steps), {}};
  const Column &group = *table.Find("grp"), &observed = *table.Find("observed");
  for (std::size_t row = 0; row < table.rows; ++row) {
    std::vector<Members*> into = {&whole};
    if (!by.empty()) {
      Members& own = groups[group.present[row] != 0 ? group.words[row] : ""];
      own.days.resize(steps);
      into.push_back(&own);
    }
    for (Members* members : into) {
      members->observed.push_back(observed.present[row] != 0 ? observed.numbers[row] : 0);
      for (std::size_t i = 0; i < steps; ++i) {
        const Column* column = table.Find("step_" + std::to_string(i));
        const bool there = column != nullptr && column->present[row] != 0;
        members->days[i].push_back(there ? std::optional(column->numbers[row]) : std::nullopt);
      }
    }
  }
  const auto add = [&](const Members& members, const std::string& name, bool is_whole) {
    CohortGroup one{name, is_whole, {}};
    for (std::size_t i = 0; i < steps; ++i) {
      one.steps.push_back(answer.unreported[i]
                              ? CohortStep{}
                              : ReadCohort(members.days[i], members.observed, answer.cohort.steps[i].within));
    }
    answer.groups.push_back(std::move(one));
  };
  add(whole, "", true);
  for (const auto& [name, members] : groups) add(members, name, false);
}

Result<CohortAnswer> ReadOne(Workspace& workspace, const Ready& ready, const FollowedCohort& cohort,
                             const std::string& by, const std::vector<Filter>& filters,
                             std::vector<std::string>& sql) {
  CohortAnswer answer{.cohort = cohort, .extract = "", .unreported = {}, .groups = {}, .because = ""};
  const Fact& fact = *workspace.schemas().Find(cohort.fact);
  const auto told = ready.statistics.find(cohort.fact);
  const Dialect& dialect = workspace.engine().dialect();
  if (told == ready.statistics.end() || told->second.rows == 0) {
    answer.because = "no export fills " + cohort.fact + " yet";
    return answer;
  }
  const std::string start = InstantSql(fact, told->second, cohort.start);
  const auto group = GroupSql(workspace.schemas(), fact, by, start, dialect);
  const auto filter = FilterSql(workspace.catalogue(), fact, filters);
  if (start.empty() || !group || !filter) {
    answer.because =
        start.empty() ? "no export says when" : cohort.fact + " has not the dimension that was asked for";
    return answer;
  }
  if (!cohort.first_of.empty() && told->second.missing.contains(cohort.first_of)) {
    answer.because = "no export says whose " + cohort.fact + " it is";
    return answer;
  }
  std::string where = "true" + *filter;
  if (!cohort.where.empty()) {
    BACKCAST_TRY(const Expression counted,
                 ParseFormula("count(" + cohort.fact + " where " + cohort.where + ")"));
    where += " and " + ConditionSql(counted.condition, dialect);
  }
  std::string columns, steps;
  std::vector<std::string> instants = {start};
  for (std::size_t i = 0; i < cohort.steps.size(); ++i) {
    const FollowedStep& step = cohort.steps[i];
    const std::string at = step.next ? "next_at" : InstantSql(fact, told->second, step.at);
    answer.unreported.push_back(at.empty());
    if (at.empty()) continue;
    if (!step.next) {
      instants.push_back(at);
      columns += ", " + at + " as at_" + std::to_string(i);
    }
    steps += ", " + Days(dialect, "start_at", step.next ? "next_at" : "at_" + std::to_string(i)) +
             " as step_" + std::to_string(i);
  }
  if (steps.empty()) {
    answer.because = "no export fills what is followed";
    return answer;
  }
  BACKCAST_TRY(const double latest, LatestInstant(QuoteName(cohort.fact), instants, workspace.engine()));
  answer.extract = ToInstantText(latest);
  std::string rows = "select " + start + " as start_at, " + *group + " as grp" + columns;
  std::string begins = WindowSql("start_at", ready.request.period);
  if (!cohort.first_of.empty()) {
    const std::string over = " over (partition by " + QuoteName(cohort.first_of) + " order by " + start +
                             ", " + QuoteName(fact.key[0]) + ")";
    rows += ", row_number()" + over + " as place, lead(" + start + ")" + over + " as next_at";
    if (!cohort.not_first.empty())
      rows += ", coalesce(" + QuoteName(cohort.not_first) + ", true) as is_first";
    begins += " and place = 1";
    if (!cohort.not_first.empty()) begins += " and is_first";
    where += " and " + QuoteName(cohort.first_of) + " is not null";
  }
  rows += " from " + QuoteName(cohort.fact) + " where " + where;
  const std::string extract = "timestamp " + QuoteText(ToIso(Day{std::chrono::days{0}})) + " + to_seconds(" +
                              std::to_string(static_cast<std::int64_t>(latest)) + ")";
  const std::string text = "select grp, " + Days(dialect, "start_at", extract) + " as observed" + steps +
                           " from (" + rows + ") where " + begins + " order by all";
  sql.push_back(text);
  BACKCAST_TRY(const Table table, workspace.engine().Run(Statement{text, {}}));
  if (table.rows == 0) {
    answer.because = "nobody began in this period";
    return answer;
  }
  Gather(table, answer, by);
  return answer;
}

}  // namespace

Result<std::vector<CohortAnswer>> ReadCohorts(Workspace& workspace, const Ready& ready, const std::string& by,
                                              const std::vector<Filter>& filters,
                                              std::vector<std::string>& sql) {
  BACKCAST_TRY(const StageList shipped, ShippedStages());
  std::vector<CohortAnswer> answers;
  for (const FollowedCohort& cohort : shipped.cohorts) {
    BACKCAST_TRY(CohortAnswer answer, ReadOne(workspace, ready, cohort, by, filters, sql));
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace backcast
