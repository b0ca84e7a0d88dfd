// SPDX-License-Identifier: Apache-2.0
#include "desk/bots_view.h"

#include <set>

#include "catalog/formula.h"
#include "compile/row_sql.h"

namespace backcast {
namespace {

/// A rule as SQL over the columns of session `f`, what it needs beside them, and when it can be checked.
struct RuleSql {
  std::string fits, known, join;
  std::set<std::string> columns;
  std::string fact;  ///< another fact that it reads
};

/// Sessions with clicks as even as a clock; the name that its column has collides with none of session.
std::string EvenClicks(const VisitRule& rule) {
  return " left join (select even_session, true as even from (select session_id as even_session, "
         "epoch(occurred_at) - lag(epoch(occurred_at)) over (partition by session_id order by occurred_at, "
         "event_id) as "
         "gap from site_event where session_id is not null and occurred_at is not null) group by "
         "even_session having "
         "count(gap) >= " +
         std::to_string(rule.clicks) + " and stddev_samp(gap) < " + std::to_string(rule.variation) +
         " * avg(gap)) on even_session = f.session_id";
}

std::string BusyPersons(const VisitRule& rule, const std::string& sessions) {
  return " left join (select person as busy_person, date as busy_day, true as busy from " + sessions +
         " where person is not null group by person, date having count(*) > " +
         std::to_string(rule.visits_a_day) + ") on busy_person = f.person and busy_day = f.date";
}

/// The names of browsers are few: each is read once, by all rules about them.
std::string NamedAgents(const BotRules& rules, const std::string& sessions) {
  std::string which;
  for (const VisitRule& rule : rules.visits) {
    if (rule.user_agent.empty()) continue;
    which += " when regexp_matches(lower(user_agent), " + QuoteText(WordsPattern(rule.user_agent)) +
             ") then " + QuoteText(rule.id);
  }
  return " left join (select agent, named from (select user_agent as agent, case" + which +
         " end as named from (select distinct user_agent from " + sessions +
         ")) where named is not null) on agent = f.user_agent";
}

Result<RuleSql> ToSql(const VisitRule& rule, const std::string& sessions, const Dialect& dialect) {
  RuleSql sql;
  if (!rule.user_agent.empty()) {
    sql.columns = {"user_agent"};
    sql.fits = "coalesce(named = " + QuoteText(rule.id) + ", false)";
  } else if (rule.clicks > 0) {
    sql.fact = "site_event";
    sql.columns = {"session_id"};
    sql.fits = "coalesce(even, false)";
    sql.join = EvenClicks(rule);
  } else if (rule.visits_a_day > 0) {
    sql.columns = {"person"};
    sql.fits = "coalesce(busy, false)";
    sql.join = BusyPersons(rule, sessions);
  } else {
    BACKCAST_TRY(const Expression counted, ParseFormula("count(session where " + rule.when + ")"));
    CollectColumns(counted.condition, sql.columns);
    sql.fits = ConditionSql(counted.condition, dialect);
  }
  for (const std::string& column : sql.columns)
    sql.known += (sql.known.empty() ? "" : " and ") + ("f." + QuoteName(column)) + " is not null";
  sql.known = "(" + sql.known + ")";
  return sql;
}

std::string MissingFor(const RuleSql& sql, const LakeStatistics& statistics) {
  const auto sessions = statistics.find("session");
  if (sessions == statistics.end() || sessions->second.rows == 0) return "session";
  for (const std::string& column : sql.columns) {
    if (sessions->second.missing.contains(column)) return column;
  }
  if (sql.fact.empty()) return "";
  const auto other = statistics.find(sql.fact);
  return other == statistics.end() || other->second.rows == 0 ? sql.fact : "";
}

}  // namespace

Result<std::vector<CheckedRule>> CheckableRules(const BotRules& rules, const LakeStatistics& statistics) {
  std::vector<CheckedRule> checked;
  for (const VisitRule& rule : rules.visits) {
    BACKCAST_TRY(const RuleSql sql, ToSql(rule, "session", DuckDbDialect()));
    checked.push_back({&rule, MissingFor(sql, statistics)});
  }
  return checked;
}

Result<Done> ApplyBotRules(const BotRules& rules, const Schemas& schemas, const LakeStatistics& statistics,
                           DuckDb& engine) {
  const auto told = statistics.find("session");
  const Fact* fact = schemas.Find("session");
  if (fact == nullptr || told == statistics.end() || told->second.rows == 0 ||
      !told->second.with_gaps.contains("bot"))
    return Done{};
  const std::string before = QuoteName("session_before_bots");
  std::string which, known, joins;
  bool agents = false;
  for (const VisitRule& rule : rules.visits) {
    BACKCAST_TRY(const RuleSql sql, ToSql(rule, before, engine.dialect()));
    if (!MissingFor(sql, statistics).empty()) continue;
    which += " when " + sql.fits + " then " + QuoteText(rule.id + "@" + std::to_string(rules.version));
    known += (known.empty() ? "" : " or ") + sql.known;
    joins += sql.join;
    agents = agents || !rule.user_agent.empty();
  }
  if (which.empty()) return Done{};
  if (agents) joins += NamedAgents(rules, before);
  BACKCAST_CHECK(engine.Do("drop view if exists " + before));
  BACKCAST_CHECK(engine.Do("alter view session rename to " + before));
  return engine.Do(
      "create view session as select * exclude (bot_found, bot_checked) replace (case when bot is not null "
      "then "
      "bot when bot_found is not null then true when bot_checked then false end as bot, case when bot is not "
      "null "
      "then bot_rule else coalesce(bot_rule, bot_found) end as bot_rule) from (select f.*, case" +
      which + " end as bot_found, (" + known + ") as bot_checked from " + before + " f" + joins + ")");
}

}  // namespace backcast
