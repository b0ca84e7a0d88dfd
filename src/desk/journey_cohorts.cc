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

/// Days to every step and days observed, by member.
struct Members {
  std::vector<std::vector<std::optional<double>>> days;
  std::vector<double> observed;
};

/// Members of the whole ("" of `first`) and of every group.
struct Membership {
  Members whole;
  std::map<std::string, Members> groups;
};

Membership MembersIn(const Table& table, std::size_t steps, bool grouped) {
  Membership all;
  all.whole.days.resize(steps);
  const Column &group = *table.Find("grp"), &observed = *table.Find("observed");
  for (std::size_t row = 0; row < table.rows; ++row) {
    std::vector<Members*> into = {&all.whole};
    if (grouped) {
      Members& own = all.groups[group.present[row] != 0 ? group.words[row] : ""];
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
  return all;
}

CohortGroup GroupOf(const CohortAnswer& answer, const std::string& name, bool whole, const Members& now,
                    const Members* before) {
  CohortGroup group{name, whole, {}, {}, {}, {}};
  for (std::size_t i = 0; i < answer.cohort.steps.size(); ++i) {
    const double within = answer.cohort.steps[i].within;
    StepPair matured;
    if (answer.unreported[i]) {
      group.steps.emplace_back();
      group.before.emplace_back();
    } else {
      group.steps.push_back(ReadCohort(now.days[i], now.observed, within));
      matured.now = MaturedCounts(now.days[i], now.observed, within);
      if (before != nullptr) {
        group.before.push_back(ReadCohort(before->days[i], before->observed, within));
        matured.before = MaturedCounts(before->days[i], before->observed, within);
      } else {
        group.before.emplace_back();
      }
    }
    group.matured.push_back(std::move(matured));
  }
  return group;
}

void AddGroups(CohortAnswer& answer, const Membership& now, const std::optional<Membership>& before) {
  answer.groups.push_back(GroupOf(answer, "", true, now.whole, before ? &before->whole : nullptr));
  for (const auto& [name, members] : now.groups) {
    const Members* earlier = nullptr;
    if (before) {
      const auto found = before->groups.find(name);
      if (found != before->groups.end()) earlier = &found->second;
    }
    answer.groups.push_back(GroupOf(answer, name, false, members, earlier));
  }
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
  std::string first;
  if (!cohort.first_of.empty()) {
    const std::string over = " over (partition by " + QuoteName(cohort.first_of) + " order by " + start +
                             ", " + QuoteName(fact.key[0]) + ")";
    rows += ", row_number()" + over + " as place, lead(" + start + ")" + over + " as next_at";
    if (!cohort.not_first.empty())
      rows += ", coalesce(" + QuoteName(cohort.not_first) + ", true) as is_first";
    first = std::string(" and place = 1") + (cohort.not_first.empty() ? "" : " and is_first");
    where += " and " + QuoteName(cohort.first_of) + " is not null";
  }
  rows += " from " + QuoteName(cohort.fact) + " where " + where;
  const std::string extract = "timestamp " + QuoteText(ToIso(Day{std::chrono::days{0}})) + " + to_seconds(" +
                              std::to_string(static_cast<std::int64_t>(latest)) + ")";
  const auto began_in = [&](const Window& window) -> Result<Table> {
    const std::string text = "select grp, " + Days(dialect, "start_at", extract) + " as observed" + steps +
                             " from (" + rows + ") where " + WindowSql("start_at", window) + first +
                             " order by all";
    sql.push_back(text);
    return workspace.engine().Run(Statement{text, {}});
  };
  BACKCAST_TRY(const Table now, began_in(ready.request.period));
  if (now.rows == 0) {
    answer.because = "nobody began in this period";
    return answer;
  }
  std::optional<Membership> before;
  if (ready.request.compare.days() > 0) {
    BACKCAST_TRY(const Table earlier, began_in(ready.request.compare));
    before = MembersIn(earlier, cohort.steps.size(), !by.empty());
  }
  AddGroups(answer, MembersIn(now, cohort.steps.size(), !by.empty()), before);
  return answer;
}

}  // namespace

void CompareCohorts(std::vector<CohortAnswer>& cohorts) {
  for (const bool whole : {true, false}) {
    std::vector<StepPair> pairs;
    for (const CohortAnswer& cohort : cohorts) {
      for (const CohortGroup& group : cohort.groups) {
        if (group.whole == whole) pairs.insert(pairs.end(), group.matured.begin(), group.matured.end());
      }
    }
    const std::vector<StepChange> changes = CompareSteps(pairs);
    auto next = changes.begin();
    for (CohortAnswer& cohort : cohorts) {
      for (CohortGroup& group : cohort.groups) {
        if (group.whole != whole) continue;
        const auto end = next + static_cast<std::ptrdiff_t>(group.matured.size());
        group.changes.assign(next, end);
        next = end;
      }
    }
  }
}

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
