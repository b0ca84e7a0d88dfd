// SPDX-License-Identifier: Apache-2.0
// Rules about objectives and the company around them.
#include "plan/blocks.h"
#include "plan/doctor/examination.h"

namespace backcast {
namespace {

/// P03: a channel that no tactic with a KPI uses leads to no objective.
void ChannelBeforeObjective(const Examination& seen, const Rule&, const Report& report) {
  std::unordered_set<std::string_view> used;
  for (const Seen<Tactic>& tactic : seen.tactics) {
    if (tactic.node.moves.empty()) continue;
    used.insert(tactic.node.channels.begin(), tactic.node.channels.end());
  }
  for (const Yaml* channel : Blocks(seen.plan.root, "channels")) {
    const Yaml* id = channel->Find("id");
    if (id != nullptr && used.count(id->text) > 0) continue;
    report({NameOf(*channel, "channel"), "", "", ""}, channel->place, "");
  }
}

/// P05: what drives the company must be the element of an outcome or a KPI.
void DriveWithoutMetric(const Examination& seen, const Rule& rule, const Report& report) {
  WordSet present;
  for (const auto& outcome : seen.outcomes) {
    if (outcome.metric != nullptr) present.insert(outcome.metric->element);
  }
  for (const auto& kpi : seen.kpis) {
    if (kpi.metric != nullptr) present.insert(kpi.metric->element);
  }
  const Yaml* table = rule.with.Find("elements");
  for (const Yaml* drive : seen.Drives()) {
    const Yaml* elements = table == nullptr ? nullptr : table->Find(drive->text);
    bool spoken_of = false;
    for (const Yaml* element : ScalarsOf(elements)) spoken_of |= present.count(element->text) > 0;
    if (!spoken_of) report({Shortened(drive->text), "", "", ""}, drive->place, "");
  }
}

/// P06: a company that lives from sales needs a KPI or a working tactic about conversations.
void SalesWithoutConversation(const Examination& seen, const Rule& rule, const Report& report) {
  const Yaml* sales = nullptr;
  for (const Yaml* drive : seen.Drives()) {
    if (drive->text == rule.with.Text("drive")) sales = drive;
  }
  if (sales == nullptr) return;
  const WordSet elements = rule.Words("elements");
  for (const auto& kpi : seen.kpis) {
    if (kpi.metric != nullptr && elements.count(kpi.metric->element) > 0) return;
  }
  for (const auto& tactic : seen.tactics) {
    if (!tactic.node.moves.empty() && elements.count(tactic.node.element) > 0) return;
  }
  report({}, sales->place, "");
}

constexpr RuleRow kRules[] = {
    {"P03", ChannelBeforeObjective}, {"P05", DriveWithoutMetric}, {"P06", SalesWithoutConversation}};

}  // namespace

std::span<const RuleRow> ObjectiveRules() { return kRules; }

}  // namespace backcast
