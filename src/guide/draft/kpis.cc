// SPDX-License-Identifier: Apache-2.0
#include "guide/draft/parts.h"
#include "guide/target_proposals.h"

namespace backcast {
namespace {

/// A number that was not said, or that was taken as it was proposed.
bool IsProposed(const Yaml* said, const std::optional<ProposedNumber>& proposed) {
  return proposed.has_value() && (said == nullptr || said->text == proposed->text);
}

/// Where the KPI stands: as it was said, else as the exports say. The number, when there is one.
std::optional<double> WriteBaseline(Drafting& plan, const ProposedKpi& kpi, const Yaml* said,
                                    const Yaml* period, Block& entry) {
  const std::optional<ProposedNumber> measured = ProposeBaseline(plan.known, kpi.metric);
  if (said == nullptr && !measured) return std::nullopt;
  Yaml number;
  number.kind = Yaml::Kind::kScalar;
  number.text = said != nullptr ? said->text : measured->text;
  entry.At("baseline.value") = Block::Plain(number.text);
  if (IsProposed(said, measured)) {
    entry.At("baseline.period") = Block::Plain(measured->period);
    plan.Assume(entry, kpi.id + " stands at " + measured->text + ", " + measured->how);
  } else if (period != nullptr) {
    entry.At("baseline.period") = Block::Plain(period->text);
  }
  return number.Number();
}

/// Where it has to be: as it was said, else what the change of its outcome asks of it. True when it is known.
bool WriteTarget(Drafting& plan, const ProposedKpi& kpi, const Yaml* said, const Yaml* by,
                 std::optional<double> current, Block& entry) {
  const std::optional<ProposedNumber> proposed =
      ProposeTarget(plan.backed, plan.answers, plan.known, kpi.metric, kpi.outcome, current);
  if (said == nullptr && !proposed) return false;
  entry.At("target.value") = Block::Plain(said != nullptr ? said->text : proposed->text);
  if (said != nullptr && by != nullptr) {
    entry.At("target.by") = Block::Plain(by->text);
  } else if (IsProposed(said, proposed) && !proposed->by.empty()) {
    entry.At("target.by") = Block::Plain(proposed->by);
  }
  if (IsProposed(said, proposed)) plan.Assume(entry, "target of " + kpi.id + ": " + proposed->how);
  return true;
}

void WriteNumbers(Drafting& plan, const ProposedKpi& kpi, Block& entry) {
  const auto said = [&](std::initializer_list<const char*> keys) -> const Yaml* {
    for (const char* key : keys) {
      const Yaml* value = kpi.said == nullptr ? nullptr : kpi.said->Find(key);
      if (value != nullptr && value->IsScalar()) return value;
    }
    return nullptr;
  };
  const bool requests = kpi.said != nullptr && kpi.said->Find("metric") == nullptr;
  const char* question = requests ? "requests" : "kpis";
  const std::optional<double> current =
      WriteBaseline(plan, kpi, said({"baseline", "today"}), said({"baseline_period"}), entry);
  const bool has_target = WriteTarget(plan, kpi, said({"target", "promise"}), said({"by"}), current, entry);
  if (entry.Find("baseline") == nullptr)
    plan.Ask(entry, question, requests ? "today" : "baseline", kpi.metric);
  if (!has_target) plan.Ask(entry, question, requests ? "promise" : "target", kpi.metric);
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
