// SPDX-License-Identifier: Apache-2.0
#include "desk/bots_view.h"

#include <map>
#include <set>

#include "catalog/formula.h"
#include "compile/row_sql.h"

namespace backcast {
namespace {

/// Sessions, persons or browsers that a rule looks up: few, found once, in a table of the engine.
struct LookUp {
  std::string table, select, on;
};

/// A rule as SQL over the columns of session `f`, what it looks up beside them, and when it can be checked.
struct RuleSql {
  std::string fits, known;
  LookUp look_up;
  std::set<std::string> columns;
  std::string fact;  ///< another fact that it reads
};

LookUp EvenClicks(const VisitRule& rule) {
  return {
      "session_even_clicks",
      "select session_id as even_session from (select session_id, epoch(occurred_at) - "
      "lag(epoch(occurred_at)) over (partition by session_id order by occurred_at, event_id) as gap "
      "from site_event where occurred_at is not null and session_id in (select session_id from site_event "
      "group by session_id having count(*) > " +
          std::to_string(rule.clicks) +
          ")) group by session_id having count(gap) >= " + std::to_string(rule.clicks) +
          " and stddev_samp(gap) < " + std::to_string(rule.variation) + " * avg(gap)",
      "even_session = f.session_id"};
}

LookUp BusyPersons(const VisitRule& rule) {
  return {"session_busy_persons",
          "select person as busy_person, date as busy_day from session where person is not null group by "
          "person, date "
          "having count(*) > " +
              std::to_string(rule.visits_a_day),
          "busy_person = f.person and busy_day = f.date"};
}

/// Browsers that some rule names; the first rule that does.
LookUp NamedAgents(const BotRules& rules) {
  std::string which;
  for (const VisitRule& rule : rules.visits) {
    if (rule.user_agent.empty()) continue;
    which += " when regexp_matches(lower(user_agent), " + QuoteText(WordsPattern(rule.user_agent)) +
             ") then " + QuoteText(rule.id);
  }
  return {"session_named_agents",
          "select user_agent as named_agent, named_by from (select user_agent, case" + which +
              " end as named_by from (select distinct user_agent from session)) where named_by is not null",
          "named_agent = f.user_agent"};
}

Result<RuleSql> ToSql(const VisitRule& rule, const BotRules& rules, const Dialect& dialect) {
  RuleSql sql;
  if (!rule.user_agent.empty()) {
    sql.columns = {"user_agent"};
    sql.look_up = NamedAgents(rules);
    sql.fits = "coalesce(named_by = " + QuoteText(rule.id) + ", false)";
  } else if (rule.clicks > 0) {
    sql.fact = "site_event";
    sql.columns = {"session_id"};
    sql.look_up = EvenClicks(rule);
    sql.fits = "even_session is not null";
  } else if (rule.visits_a_day > 0) {
    sql.columns = {"person"};
    sql.look_up = BusyPersons(rule);
    sql.fits = "busy_person is not null";
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

/// Finds what is looked up; false when there is none of it.
Result<bool> Find(const LookUp& look_up, DuckDb& engine) {
  BACKCAST_CHECK(engine.Do("create or replace table " + look_up.table + " as " + look_up.select));
  BACKCAST_TRY(const Table found, engine.Run("select count(*) from " + look_up.table));
  return found.columns[0].numbers[0] > 0;
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
    BACKCAST_TRY(const RuleSql sql, ToSql(rule, rules, DuckDbDialect()));
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
  std::map<std::string, bool> looked_up;
  for (const VisitRule& rule : rules.visits) {
    BACKCAST_TRY(const RuleSql sql, ToSql(rule, rules, engine.dialect()));
    if (!MissingFor(sql, statistics).empty()) continue;
    known += (known.empty() ? "" : " or ") + sql.known;
    if (const std::string& table = sql.look_up.table; !table.empty()) {
      if (!looked_up.contains(table)) {
        BACKCAST_TRY(looked_up[table], Find(sql.look_up, engine));
        if (looked_up[table]) joins += " left join " + table + " on " + sql.look_up.on;
      }
      if (!looked_up[table]) continue;  // nothing to be found: the rule fits nobody
    }
    which += " when " + sql.fits + " then " + QuoteText(rule.id + "@" + std::to_string(rules.version));
  }
  if (known.empty()) return Done{};
  if (which.empty()) which = " when false then ''";
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
