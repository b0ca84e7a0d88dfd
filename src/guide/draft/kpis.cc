// SPDX-License-Identifier: Apache-2.0
#include "guide/draft/parts.h"

namespace backcast {
namespace {

/// Baseline and target: those that were said, and no others.
void WriteNumbers(Drafting& plan, const ProposedKpi& kpi, Block& entry) {
  const auto said = [&](std::initializer_list<const char*> keys) -> const Yaml* {
    for (const char* key : keys) {
      const Yaml* value = kpi.said == nullptr ? nullptr : kpi.said->Find(key);
      if (value != nullptr && value->IsScalar()) return value;
    }
    return nullptr;
  };
  const Yaml* baseline = said({"baseline", "today"});
  const Yaml* target = said({"target", "promise"});
  if (baseline != nullptr) entry.At("baseline.value") = Block::Plain(baseline->text);
  if (const Yaml* period = said({"baseline_period"}); period != nullptr && baseline != nullptr)
    entry.At("baseline.period") = Block::Plain(period->text);
  if (target != nullptr) entry.At("target.value") = Block::Plain(target->text);
  if (const Yaml* by = said({"by"}); by != nullptr && target != nullptr)
    entry.At("target.by") = Block::Plain(by->text);
  const char* question = kpi.said != nullptr && kpi.said->Find("metric") == nullptr ? "requests" : "kpis";
  const bool requests = std::string_view(question) == "requests";
  if (baseline == nullptr) plan.Ask(entry, question, requests ? "today" : "baseline", kpi.metric);
  if (target == nullptr) plan.Ask(entry, question, requests ? "promise" : "target", kpi.metric);
}

Block KpiBlock(Drafting& plan, const ProposedKpi& kpi) {
  Block entry = Block::Map();
  entry.At("id") = Block::Text(kpi.id);
  entry.At("outcome") = Block::Text(kpi.outcome);
  entry.At("metric") = Block::Text(kpi.metric);
  entry.At("owner") = Block::Text(kpi.owner);
  entry.At("why") = Block::Text(kpi.why);
  if (kpi.guess)
    entry.comments.push_back("guess: a lead that no data has tested; drop it when the link is not there");
  WriteNumbers(plan, kpi, entry);
  Block path = Block::List();
  for (const auto& [step, metric] : kpi.path) {
    Block one = Block::Map();
    one.At("step") = Block::Text(step);
    one.At("metric") = Block::Text(metric);
    path.items.push_back(std::move(one));
    const Metric* known = plan.catalogue.Find(metric);
    if (known != nullptr && !known->HasFormula())
      plan.AddGap(entry, "step '" + step + "' of " + kpi.id + " is not counted yet: " + metric +
                             " comes from " + known->computed_by);
  }
  entry.At("path") = std::move(path);
  if (!kpi.cost.empty()) entry.At("cost_pair") = Block::Text(kpi.cost);
  if (!kpi.compare.empty()) {
    entry.At("compare_with") = Block::Texts(kpi.compare);
    if (!kpi.own) plan.Assume(entry, kpi.id + " competes with " + kpi.compare.front() + " and others");
  }
  if (!kpi.guard.empty()) entry.At("guard") = Block::Text(kpi.guard);
  const std::string guard = kpi.said == nullptr ? "" : kpi.said->Text("guard");
  if (!guard.empty()) entry.At("guard") = Block::Text(guard);
  return entry;
}

}  // namespace

void WriteKpis(Drafting& plan) {
  Block list = Block::List();
  list.comments = {
      "Backed out of the driver trees: each factor with whom it belongs to, what it costs, and what shows "
      "it is gamed."};
  for (const ProposedKpi& kpi : plan.backed.kpis) list.items.push_back(KpiBlock(plan, kpi));
  plan.root.At("kpis") = std::move(list);
}

}  // namespace backcast
