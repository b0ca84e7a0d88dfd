// SPDX-License-Identifier: Apache-2.0
#include "guide/back_out/kpis.h"

#include <algorithm>
#include <map>

#include "guide/answers.h"
#include "guide/back_out/people.h"
#include "guide/back_out/words.h"

namespace backcast {
namespace {

std::string StepOf(const Backing& work, const std::string& metric) {
  const auto found = work.data.steps.find(metric);
  if (found != work.data.steps.end()) return found->second;
  const Metric* known = work.catalogue.Find(metric);
  return known == nullptr ? Readable(metric) : known->title;
}

/// Adds the KPI when it can be read and somebody can move it; otherwise it is a gap.
bool Add(Backing& work, ProposedKpi kpi, const std::vector<std::string>& usually, bool say_gap) {
  const Metric* metric = work.catalogue.Find(kpi.metric);
  if (metric == nullptr) return false;
  if (!metric->HasFormula()) {
    if (say_gap)
      AddGap(work, kpi.outcome, kpi.metric,
             "it cannot be read from an export yet (" + metric->computed_by + ")");
    return false;
  }
  kpi.owner = OwnerOf(work, *metric, usually);
  if (kpi.owner.empty() && kpi.required) {
    const CompanyFunction* function = usually.empty() ? nullptr : work.data.FindFunction(usually.front());
    if (function != nullptr) kpi.owner = AddStandIn(work, *function).id;
  }
  if (kpi.owner.empty()) {
    if (say_gap)
      AddGap(work, kpi.outcome, kpi.metric, "a condition and no KPI: nobody in the team can change it");
    work.unowned.push_back({std::move(kpi), usually});
    return false;
  }
  work.out.proposed.push_back(std::move(kpi));
  return true;
}

void ProposeAnswerTime(Backing& work, const Wanted& outcome, const DriverTree& tree) {
  const Yaml* trees = work.data.requests.Find("trees");
  if (trees == nullptr || !Contains(trees->Texts(), tree.id)) return;
  ProposedKpi kpi;
  kpi.metric = work.data.requests.Text("metric");
  const auto same = [&](const ProposedKpi& one) { return one.metric == kpi.metric; };
  if (std::any_of(work.out.proposed.begin(), work.out.proposed.end(), same)) return;
  kpi.outcome = outcome.id;
  kpi.why = work.data.requests.Text("why");
  kpi.required = true;
  kpi.weight = 3;
  kpi.path = {{StepOf(work, "lead_rate"), "lead_rate"},
              {StepOf(work, kpi.metric), kpi.metric},
              {StepOf(work, tree.outcome), tree.outcome}};
  SetPairs(work, kpi, tree);
  for (const Yaml* entry : EntriesOf(work.answers, "requests")) {
    kpi.said = entry;
    const std::string owner = PersonOf(work, *entry, "owner");
    const Metric* metric = work.catalogue.Find(kpi.metric);
    if (owner.empty() || metric == nullptr || !CanMove(work, *FindMember(work, owner), *metric)) continue;
    kpi.owner = owner;
    work.out.proposed.push_back(std::move(kpi));
    return;
  }
  const Yaml* owner = work.data.requests.Find("owner");
  Add(work, std::move(kpi), owner == nullptr ? std::vector<std::string>() : owner->Texts(), true);
}

/// Metrics that move earlier. No data have tested them yet, so each is a guess; one for each factor, and
/// for an outcome without an identity those that can be read.
void ProposeLeads(Backing& work, const Wanted& outcome, const DriverTree& tree) {
  std::map<std::string, int> taken;
  for (const DriverLead& lead : tree.leads) {
    const Metric* metric = work.catalogue.Find(lead.metric);
    const double most = tree.identity.empty() ? work.data.most_of_outcome : work.data.most_leads - 1;
    if (metric == nullptr || metric->role == Role::kDiagnostic || metric->role == Role::kNeverGoal ||
        metric->additivity == Additivity::kUnique || taken[lead.factor] >= most)
      continue;
    ProposedKpi kpi;
    kpi.metric = lead.metric;
    kpi.outcome = outcome.id;
    kpi.guess = true;
    const std::string ahead =
        lead.lag_weeks == 0 ? " at once" : " " + std::to_string(lead.lag_weeks) + " weeks later";
    kpi.why =
        "A guess until data have tested it: " + Readable(lead.factor.empty() ? tree.outcome : lead.factor) +
        " should follow it" + ahead + ".";
    SetPath(work, kpi, tree, lead.factor,
            lead.factor.empty() || (!tree.identity.empty() && lead.factor == tree.identity[0].metric));
    SetPairs(work, kpi, tree);
    taken[lead.factor] += Add(work, std::move(kpi), {}, tree.identity.empty()) ? 1 : 0;
  }
}

}  // namespace

std::string NameOf(const Backing& work, const std::string& metric) {
  const Metric* known = work.catalogue.Find(metric);
  return known == nullptr ? metric : known->title + " (" + metric + ")";
}

std::string ElementOf(const Backing& work, const std::string& metric) {
  const Metric* known = work.catalogue.Find(metric);
  return known == nullptr ? "" : known->element;
}

void AddGap(Backing& work, const std::string& outcome, const std::string& metric, const std::string& why) {
  work.out.gaps.push_back({outcome, NameOf(work, metric), why});
}

void SetPath(const Backing& work, ProposedKpi& kpi, const DriverTree& tree, const std::string& factor,
             bool from_the_post) {
  std::vector<std::string> metrics;
  const auto add = [&metrics](const std::string& metric) {
    if (!Contains(metrics, metric)) metrics.push_back(metric);
  };
  if (from_the_post) {
    for (const std::string& metric : work.data.entry) add(metric);
  }
  std::size_t at = 0;
  while (at < tree.identity.size() && tree.identity[at].metric != factor) ++at;
  if (!from_the_post && at > 0 && at < tree.identity.size()) add(tree.identity[at - 1].metric);
  if (kpi.metric != factor) add(kpi.metric);
  for (; at < tree.identity.size(); ++at) add(tree.identity[at].metric);
  add(tree.outcome);
  for (const std::string& metric : metrics) kpi.path.emplace_back(StepOf(work, metric), metric);
}

void SetPairs(const Backing& work, ProposedKpi& kpi, const DriverTree& tree) {
  const Metric* metric = work.catalogue.Find(kpi.metric);
  if (const MetricPair* pair = work.trees.FindPair(kpi.metric)) {
    kpi.cost = pair->cost;
    kpi.guard = pair->guard;
    kpi.compare = pair->compare;
  }
  if (!kpi.guard.empty() || metric == nullptr || metric->goodhart == "none") return;
  for (const std::string& guard : tree.guards) {
    if (guard != kpi.metric && kpi.guard.empty()) kpi.guard = guard;
  }
}

void ProposeKpis(Backing& work, const Wanted& outcome) {
  const DriverTree& tree = *work.trees.Find(outcome.tree);
  for (std::size_t i = 0; i < tree.identity.size(); ++i) {
    const DriverFactor& factor = tree.identity[i];
    ProposedKpi kpi;
    kpi.metric = factor.metric;
    kpi.outcome = outcome.id;
    kpi.why = "Factor " + std::to_string(i + 1) + " of " + std::to_string(tree.identity.size()) +
              " that make " + Readable(tree.outcome) + ".";
    kpi.weight = 1 + factor.social_control;
    SetPath(work, kpi, tree, factor.metric, i == 0);
    SetPairs(work, kpi, tree);
    Add(work, std::move(kpi), factor.usually, true);
  }
  ProposeAnswerTime(work, outcome, tree);
  ProposeLeads(work, outcome, tree);
}

}  // namespace backcast
