// SPDX-License-Identifier: Apache-2.0
#include "desk/follower_view.h"

#include <set>

#include "catalog/formula.h"
#include "compile/row_sql.h"

namespace backcast {
namespace {

constexpr auto kFact = "follower_sample";

/// What the rules say of one row: points, names of those that fit, and whether any could be asked.
struct Verdict {
  std::string points, names, known;
};

std::string Number(double value) { return std::to_string(value); }

Result<Verdict> VerdictOf(const BotRules& rules, const Dialect& dialect) {
  Verdict verdict{"(" + Number(rules.bias) + ")", "", ""};
  std::set<std::string> columns;
  for (const FollowerRule& rule : rules.followers) {
    BACKCAST_TRY(const Expression counted,
                 ParseFormula("count(" + std::string(kFact) + " where " + rule.when + ")"));
    CollectColumns(counted.condition, columns);
    const std::string fits = ConditionSql(counted.condition, dialect);
    verdict.points += " + case when " + fits + " then " + Number(rule.points) + " else 0 end";
    verdict.names += (verdict.names.empty() ? "" : " || ") + ("case when " + fits + " then ") +
                     QuoteText("+" + rule.id) + " else '' end";
  }
  for (const std::string& column : columns)
    verdict.known += (verdict.known.empty() ? "" : " or ") + QuoteName(column) + " is not null";
  return verdict;
}

}  // namespace

Result<Done> ApplyFollowerRules(const BotRules& rules, const Schemas& schemas,
                                const LakeStatistics& statistics, DuckDb& engine) {
  const auto told = statistics.find(kFact);
  const Fact* fact = schemas.Find(kFact);
  if (fact == nullptr || rules.followers.empty() || told == statistics.end() || told->second.rows == 0)
    return Done{};
  BACKCAST_TRY(const Verdict verdict, VerdictOf(rules, engine.dialect()));
  const std::string before = QuoteName("follower_sample_before_bots");
  const std::string suspected =
      "coalesce(suspected, case when " + verdict.known + " then " + verdict.points + " > 0 end)";
  const std::string rule = "coalesce(bot_rule, case when " + suspected + " then substr(" + verdict.names +
                           ", 2) || " + QuoteText("@" + std::to_string(rules.version)) + " end)";
  BACKCAST_CHECK(engine.Do("drop view if exists " + before));
  BACKCAST_CHECK(engine.Do("alter view follower_sample rename to " + before));
  return engine.Do("create view follower_sample as select * replace (" + suspected + " as suspected, " +
                   rule + " as bot_rule) from " + before);
}

}  // namespace backcast
