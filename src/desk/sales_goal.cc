// SPDX-License-Identifier: Apache-2.0
#include "desk/sales_goal.h"

#include <algorithm>
#include <map>

#include "base/nearest.h"
#include "base/number.h"
#include "chain/claim.h"
#include "chain/sales_goal.h"
#include "desk/chain_json.h"
#include "desk/question.h"
#include "plan/data/words.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

/// Cases and sales by channel group over the last days of the rules.
Result<std::vector<SalesElsewhere>> Count(Workspace& workspace, const Ready& ready, const SalesKind& kind,
                                          const Window& days) {
  std::vector<SalesElsewhere> counted;
  for (const std::string* metric : {&kind.sales, &kind.cases}) {
    for (const std::string& fact : workspace.catalogue().FactsOf(*workspace.catalogue().Find(*metric)))
      if (!HasRows(ready.coverage, fact)) return counted;
  }
  Question question;
  question.metrics = {kind.sales, kind.cases};
  question.by = {"channel_group"};
  question.windows = {days};
  BACKCAST_TRY(const Table table, AskLake(workspace, ready, question));
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (IsTotal(table, row) || WordAt(table, "channel_group", row).empty()) continue;
    counted.push_back({WordAt(table, "channel_group", row),
                       NumberAt(table, kind.cases + "@0", row).value_or(0),
                       NumberAt(table, kind.sales + "@0", row).value_or(0),
                       {},
                       false});
  }
  return counted;
}

void ExpandAliases(SalesGoal& goal, const Catalogue& catalogue) {
  std::vector<std::string> own;
  for (const std::string& group : goal.own) {
    const std::vector<std::string>* alias = catalogue.Alias("channel_group", group);
    if (alias == nullptr) {
      own.push_back(group);
    } else {
      own.insert(own.end(), alias->begin(), alias->end());
    }
  }
  goal.own = std::move(own);
}

Quantity CountOf(const char* name, double value) { return {.name = name, .value = value, .unit = "count"}; }

std::vector<Claim> ClaimsOf(const SalesGoal& goal) {
  std::vector<Claim> claims;
  double cases = 0, sales = 0;
  for (const SalesElsewhere& channel : goal.elsewhere) {
    cases += channel.cases;
    sales += channel.sales;
  }
  const ClaimWords words = {{"owner", goal.owner}, {"things", goal.kind->cases}};
  if (goal.verdict == SalesGoal::Verdict::kProven) {
    const SalesElsewhere& best = goal.elsewhere.front();
    Say(claims, "sales_goal.proven",
        {{.name = "rate",
          .value = best.cases > 0 ? std::min(1.0, best.sales / best.cases) : 1,
          .low = best.rate.low,
          .high = best.rate.high,
          .n = static_cast<std::int64_t>(best.cases),
          .unit = "ratio"},
         CountOf("cases", best.cases)},
        {{"channel", best.channel_group}, {"things", goal.kind->cases}});
  } else if (goal.verdict == SalesGoal::Verdict::kNot) {
    Say(claims, goal.own.empty() ? "sales_goal.not.alone" : "sales_goal.not",
        {CountOf("cases", cases), CountOf("sales", sales)}, words);
  } else if (goal.verdict == SalesGoal::Verdict::kTooLittle || goal.verdict == SalesGoal::Verdict::kStated) {
    Say(claims, "sales_goal.little",
        {CountOf("cases", cases), CountOf("sales", sales), CountOf("enough", goal.kind->enough),
         CountOf("needed", goal.needs)},
        words);
  }
  return claims;
}

/// People of the team who can change what sells.
std::vector<std::string> Holders(const Plan& plan) {
  const auto levers = Rulebook::Shipped().Find("P09").Words("influences");
  std::vector<std::string> holders;
  for (const Person& person : plan.team) {
    if (std::any_of(person.influences.begin(), person.influences.end(),
                    [&](const std::string& lever) { return levers.count(lever) > 0; }))
      holders.push_back(person.id);
  }
  return holders;
}

/// KPIs of the same owner that do not ask for sales: what to judge by instead.
std::vector<std::string> Instead(const Plan& plan, const SalesGoal& goal, const std::vector<SalesGoal>& all) {
  std::vector<std::string> instead;
  for (const Kpi& kpi : plan.kpis) {
    const bool sales =
        std::any_of(all.begin(), all.end(), [&](const SalesGoal& other) { return other.node == kpi.id; });
    if (kpi.owner == goal.owner && !sales) instead.push_back(kpi.id);
  }
  return instead;
}

bool IsFair(const SalesGoal& goal) {
  return goal.verdict == SalesGoal::Verdict::kHold || goal.verdict == SalesGoal::Verdict::kProven;
}

std::string ToText(const SalesGoal& goal, const Plan& plan, const std::vector<SalesGoal>& all) {
  std::string out =
      Shortened(goal.node) + " (" + Shortened(goal.title) + "), owner: " + Shortened(goal.owner) + "\n";
  if (goal.verdict == SalesGoal::Verdict::kHold)
    out += "  A fair goal: the owner has a hold on what sells (" + Listed(goal.levers) + ").\n";
  for (const Claim& claim : ClaimsOf(goal)) out += "  " + claim.text() + "\n";
  if (goal.verdict == SalesGoal::Verdict::kStated)
    out += "  The plan says that these sell: " + Listed(goal.history) + ".\n";
  for (const SalesElsewhere& channel : goal.elsewhere) {
    if (channel.cases <= 0 && channel.sales <= 0) continue;
    std::string line = "    " + Shortened(channel.channel_group);
    line.resize(std::max<std::size_t>(line.size(), 22), ' ');
    out += line + FormatNumber(channel.sales, "count", true) + " " + goal.kind->sales + " from " +
           FormatNumber(channel.cases, "count", true) + " " + goal.kind->cases + ": " +
           FormatNumber(channel.rate.low, "ratio", true) + " to " +
           FormatNumber(channel.rate.high, "ratio", true) + "\n";
  }
  if (IsFair(goal)) return out;
  const std::vector<std::string> holders = Holders(plan), instead = Instead(plan, goal, all);
  if (!holders.empty()) out += "  Who has a hold on what sells: " + Listed(holders) + ".\n";
  if (!instead.empty())
    out += "  What " + Shortened(goal.owner) + " can answer for: " + Listed(instead) + ".\n";
  return out;
}

Json ToJson(const SalesGoal& goal, const Plan& plan, const std::vector<SalesGoal>& all) {
  Json elsewhere = Json::array();
  for (const SalesElsewhere& channel : goal.elsewhere) {
    const bool known = channel.cases > 0;
    elsewhere.push_back(
        {{"channel_group", channel.channel_group},
         {"cases", channel.cases},
         {"sales", channel.sales},
         {"rate", known ? ValueJson(std::min(1.0, channel.sales / channel.cases), channel.rate.low,
                                    channel.rate.high, "ratio", channel.cases)
                        : ValueJson({}, "ratio", 0, "no cases are known")},
         {"proves", channel.proves}});
  }
  const bool fair = IsFair(goal);
  return {{"node", goal.node},
          {"title", goal.title},
          {"owner", goal.owner},
          {"metric", goal.metric},
          {"verdict", ToWord(goal.verdict)},
          {"fair", fair                                       ? Json(true)
                   : goal.verdict == SalesGoal::Verdict::kNot ? Json(false)
                                                              : Json()},
          {"levers", goal.levers},
          {"sales", goal.kind->sales},
          {"cases", goal.kind->cases},
          {"elsewhere", std::move(elsewhere)},
          {"history", goal.history},
          {"who_has_a_hold", Holders(plan)},
          {"instead", fair ? Json::array() : Json(Instead(plan, goal, all))},
          {"claims", ToJson(ClaimsOf(goal))}};
}

}  // namespace

Result<Answer> ShowSalesGoals(Workspace& workspace, const SalesGoalCommand& command, Talk& talk) {
  BACKCAST_CHECK(workspace.NeedPlan());
  const Plan& plan = *workspace.plan();
  if (!command.owner.empty() && plan.FindPerson(command.owner) == nullptr) {
    std::vector<std::string> known;
    for (const Person& person : plan.team) known.push_back(person.id);
    return Error{Code::kUsage, "", "the team has nobody called '" + Shortened(command.owner) + "'",
                 DidYouMean(command.owner, known)};
  }
  BACKCAST_TRY(const Ready ready, Prepare(workspace, command.card, talk));
  const SalesRules& rules = ShippedSalesRules();
  const Day end = ready.request.as_of + std::chrono::days{1};
  const Window days{end - std::chrono::days{rules.days}, end};
  std::vector<SalesGoal> goals = SalesGoals(plan, rules);
  std::map<std::string, std::vector<SalesElsewhere>> counted;
  for (SalesGoal& goal : goals) {
    if (!counted.contains(goal.kind->id)) {
      BACKCAST_TRY(counted[goal.kind->id], Count(workspace, ready, *goal.kind, days));
    }
    ExpandAliases(goal, workspace.catalogue());
    JudgeSalesGoal(goal, plan, rules, counted[goal.kind->id]);
  }
  Answer answer;
  Json list = Json::array();
  for (const SalesGoal& goal : goals) {
    if (!command.owner.empty() && goal.owner != command.owner) continue;
    answer.out += ToText(goal, plan, goals);
    list.push_back(ToJson(goal, plan, goals));
  }
  if (command.card.format != Format::kJson) {
    if (answer.out.empty()) answer.out = "Nobody's goal in this plan is a number of sales.\n";
    return answer;
  }
  Json json = Envelope("sales-goal", workspace.name(), {{"goals", std::move(list)}});
  json["as_of"] = ToIso(ready.request.as_of);
  json["period"] = {{"from", ToIso(days.from)}, {"to", ToIso(ready.request.as_of)}};
  answer.out = Dump(json);
  return answer;
}

}  // namespace backcast
