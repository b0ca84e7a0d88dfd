// SPDX-License-Identifier: Apache-2.0
// Visits with and without those that are suspected.
#include <algorithm>

#include "desk/bots_data.h"
#include "desk/bots_view.h"
#include "desk/question.h"

namespace backcast {
namespace {

std::string InPeriod(const Window& period) {
  return "date >= date " + QuoteText(ToIso(period.from)) + " and date < date " + QuoteText(ToIso(period.to));
}

std::string WordAt(const Table& table, std::size_t column, std::size_t row) {
  return table.columns[column].present[row] != 0 ? table.columns[column].words[row] : "";
}

void Count(VisitCount& count, const std::string& said, double visits) {
  count.gross += visits;
  if (said == "bot") count.suspected += visits;
  if (said == "unchecked") count.unchecked += visits;
}

/// Outcomes and KPIs of the plan, each with its scope.
struct Node {
  std::string id, metric;
  Scope scope;
};

std::vector<Node> NodesOf(const Plan& plan) {
  std::vector<Node> nodes;
  for (const Outcome& outcome : plan.outcomes) nodes.push_back({outcome.id, outcome.metric, outcome.scope});
  for (const Kpi& kpi : plan.kpis) nodes.push_back({kpi.id, kpi.metric, kpi.scope});
  return nodes;
}

Result<std::optional<double>> AskOne(Workspace& workspace, const Ready& ready, const Node& node) {
  std::vector<Filter> filters;
  for (const auto& [dimension, values] : node.scope) filters.push_back({dimension, values});
  BACKCAST_TRY(const Table table, AskLake(workspace, ready,
                                          {.metrics = {node.metric},
                                           .by = {},
                                           .filters = filters,
                                           .windows = {ready.request.period},
                                           .series = {}}));
  return NumberAt(table, node.metric + "@0", 0);
}

/// A report by day has no single visits; a log of the same days says what share of them is suspected.
Result<Done> Estimate(Workspace& workspace, const Ready& ready, const Node& node, const Metric& metric,
                      KpiWithout& kpi) {
  BACKCAST_TRY(const ReportedWithout by_log, ShareByLog(workspace, ready, metric.expression, node.scope));
  kpi.because = by_log.because;
  if (!by_log.share) return Done{};
  BACKCAST_TRY(kpi.gross, AskOne(workspace, ready, node));
  if (!kpi.gross) {
    kpi.because = "nothing was reported for this period";
    return Done{};
  }
  kpi.estimate = by_log.share;
  kpi.net = *kpi.gross * (1 - by_log.share->suspected / by_log.share->told);
  return Done{};
}

}  // namespace

Result<Done> ReadVisits(Workspace& workspace, const Ready& ready, const BotRules& rules, BotsAnswer& answer) {
  BACKCAST_TRY(const Table visits,
               workspace.engine().Run("select coalesce(channel_group, '') as channel_group, case when bot "
                                      "then coalesce(bot_rule, 'source') "
                                      "else '' end as rule, case when bot then 'bot' when bot is null then "
                                      "'unchecked' else 'person' end as "
                                      "said, count(*) as visits from session where " +
                                      InPeriod(answer.period) + " group by 1, 2, 3 order by 1, 2, 3"));
  std::map<std::string, double> named;
  for (std::size_t row = 0; row < visits.rows; ++row) {
    const double number = visits.columns[3].numbers[row];
    const std::string said = WordAt(visits, 2, row);
    Count(answer.all, said, number);
    Count(answer.by_channel[WordAt(visits, 0, row)], said, number);
    if (said == "bot") named[WordAt(visits, 1, row)] += number;
  }
  answer.has_visits = answer.all.gross > 0;
  BACKCAST_TRY(const std::vector<CheckedRule> checked, CheckableRules(rules, ready.statistics));
  for (const CheckedRule& one : checked) {
    const std::string name = one.rule->id + "@" + std::to_string(rules.version);
    answer.rules.push_back({one.rule->id, one.rule->title, named[name], one.missing});
    named.erase(name);
  }
  // What files flag themselves, under the name that they give it.
  for (const auto& [name, number] : named) {
    if (number > 0) answer.rules.push_back({name, "flagged by the file", number, ""});
  }
  return Done{};
}

Result<Done> ReadKpisWithout(Workspace& workspace, const Ready& ready, BotsAnswer& answer) {
  if (!workspace.plan() || !answer.has_visits) return Done{};
  DuckDb& engine = workspace.engine();
  std::vector<Node> asked;
  for (const Node& node : NodesOf(*workspace.plan())) {
    const Metric* metric = workspace.catalogue().Find(node.metric);
    if (metric == nullptr || !metric->HasFormula()) continue;
    const std::vector<std::string> facts = workspace.catalogue().FactsOf(*metric);
    const bool visits = std::find(facts.begin(), facts.end(), "session") != facts.end();
    const bool reported = std::find(facts.begin(), facts.end(), "site_day") != facts.end();
    if (!visits && !reported) continue;
    KpiWithout kpi;
    kpi.node = node.id;
    kpi.metric = node.metric;
    kpi.title = metric->title;
    kpi.unit = metric->unit;
    if (!visits) BACKCAST_CHECK(Estimate(workspace, ready, node, *metric, kpi));
    answer.kpis.push_back(std::move(kpi));
    asked.push_back(node);
  }
  const auto ask = [&](const std::string& view, std::optional<double> KpiWithout::* into) -> Result<Done> {
    BACKCAST_CHECK(engine.Do("create or replace view session as " + view));
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (!answer.kpis[i].because.empty() || answer.kpis[i].estimate) continue;
      auto number = AskOne(workspace, ready, asked[i]);
      if (number.ok()) {
        answer.kpis[i].*into = number.value();
      } else {
        answer.kpis[i].because = ToSentence(number.error());
      }
    }
    return Done{};
  };
  BACKCAST_CHECK(engine.Do("alter view session rename to session_with_bots"));
  BACKCAST_CHECK(ask("select * replace (false as bot) from session_with_bots", &KpiWithout::gross));
  BACKCAST_CHECK(ask("select * from session_with_bots where bot is distinct from true", &KpiWithout::net));
  return engine.Do("create or replace view session as select * from session_with_bots");
}

}  // namespace backcast
