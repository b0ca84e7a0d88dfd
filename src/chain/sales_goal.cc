// SPDX-License-Identifier: Apache-2.0
#include "chain/sales_goal.h"

#include <algorithm>
#include <utility>

#include "base/embedded.h"
#include "base/yaml.h"
#include "facts/channel_groups.h"
#include "plan/blocks.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

std::set<std::string> SetOf(const std::vector<std::string>& words) { return {words.begin(), words.end()}; }

SalesRules ReadRules() {
  SalesRules rules;
  const auto yaml = ParseYaml(Embedded("plan/sales_goals.yaml").value_or(""), "plan/sales_goals.yaml");
  if (!yaml.ok()) return rules;
  rules.days = static_cast<int>(yaml.value().Number("days", 0));
  for (const Yaml& item : yaml.value().Items("kinds")) {
    rules.kinds.push_back({item.Text("id"), SetOf(item.Texts("metrics")), item.Text("sales"),
                           item.Text("cases"), item.Number("enough", 0), item.Number("thin", 0)});
  }
  return rules;
}

std::vector<std::string> OwnChannels(const Scope& scope) {
  for (const auto& [dimension, values] : scope)
    if (dimension == "channel_group") return values;
  return {};
}

template <class Node>
void AddGoal(const Node& node, const std::string& title, const SalesRules& rules,
             std::vector<SalesGoal>& goals) {
  const auto kind = std::find_if(rules.kinds.begin(), rules.kinds.end(),
                                 [&](const SalesKind& each) { return each.metrics.contains(node.metric); });
  if (kind == rules.kinds.end() || node.owner.empty()) return;
  SalesGoal goal;
  goal.node = node.id;
  goal.title = title;
  goal.owner = node.owner;
  goal.metric = node.metric;
  goal.kind = &*kind;
  goal.own = OwnChannels(node.scope);
  goals.push_back(std::move(goal));
}

}  // namespace

const SalesRules& ShippedSalesRules() {
  static const SalesRules rules = ReadRules();
  return rules;
}

std::string_view ToWord(SalesGoal::Verdict verdict) {
  switch (verdict) {
    case SalesGoal::Verdict::kHold:
      return "hold";
    case SalesGoal::Verdict::kProven:
      return "proven";
    case SalesGoal::Verdict::kStated:
      return "stated";
    case SalesGoal::Verdict::kNot:
      return "not";
    case SalesGoal::Verdict::kTooLittle:
      return "too_little_data";
  }
  return "";
}

std::vector<SalesGoal> SalesGoals(const Plan& plan, const SalesRules& rules) {
  std::vector<SalesGoal> goals;
  for (const Outcome& outcome : plan.outcomes) AddGoal(outcome, outcome.ceo, rules, goals);
  for (const Kpi& kpi : plan.kpis) AddGoal(kpi, kpi.why, rules, goals);
  return goals;
}

void JudgeSalesGoal(SalesGoal& goal, const Plan& plan, const SalesRules& rules,
                    std::vector<SalesElsewhere> counted) {
  const auto levers = Rulebook::Shipped().Find("P09").Words("influences");
  if (const Person* person = plan.FindPerson(goal.owner)) {
    for (const std::string& lever : person->influences)
      if (levers.count(lever) > 0) goal.levers.push_back(lever);
  }
  for (const Yaml* sale : Blocks(plan.root, "sales_history")) {
    const std::string channel = sale->Text("channel");
    if (!channel.empty()) goal.history.push_back(channel);
  }
  double cases = 0;
  for (SalesElsewhere& channel : counted) {
    const bool own = goal.own.empty() ||
                     std::find(goal.own.begin(), goal.own.end(), channel.channel_group) != goal.own.end();
    const ChannelGroup* group = FindChannelGroup(channel.channel_group);
    if (own || group == nullptr || !group->digital) continue;
    cases += channel.cases;
    const auto rate = WilsonInterval(std::min(channel.sales, channel.cases), channel.cases);
    channel.rate = rate.ok() ? rate.value() : Interval{0, 1};
    channel.proves = channel.sales >= goal.kind->enough;
    goal.elsewhere.push_back(std::move(channel));
  }
  std::stable_sort(goal.elsewhere.begin(), goal.elsewhere.end(),
                   [](const SalesElsewhere& a, const SalesElsewhere& b) { return a.sales > b.sales; });
  const bool proven = !goal.elsewhere.empty() && goal.elsewhere.front().proves;
  goal.needs = goal.kind->enough / goal.kind->thin;
  // A goal over every channel has no other channel that could prove anything.
  goal.verdict = !goal.levers.empty()                      ? SalesGoal::Verdict::kHold
                 : proven                                  ? SalesGoal::Verdict::kProven
                 : goal.own.empty() || cases >= goal.needs ? SalesGoal::Verdict::kNot
                 : !goal.history.empty()                   ? SalesGoal::Verdict::kStated
                                                           : SalesGoal::Verdict::kTooLittle;
}

}  // namespace backcast
