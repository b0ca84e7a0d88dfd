// SPDX-License-Identifier: Apache-2.0
// Rules about whether the chain holds in the data: factors, links, targets, improvements, broken steps.
#include <cmath>
#include <map>

#include "plan/blocks.h"
#include "plan/data/rules.h"
#include "plan/data/words.h"

namespace backcast {
namespace {

/// D06: what the factors do not explain stays small. explained = 1 - |change of the closure| / |change of the
/// outcome|, in logarithms, where changes add up.
void Unexplained(const DataExamination& seen, const Rule& rule, const Report& report) {
  for (const ClosureSeen& closure : seen.picture.closures) {
    const Seen<Outcome>* outcome = seen.FindOutcome(closure.outcome);
    const bool usable = closure.closure_before > 0 && closure.closure_now > 0 && closure.outcome_before > 0 &&
                        closure.outcome_now > 0;
    if (outcome == nullptr || !usable) continue;
    const double other = closure.closure_now / closure.closure_before - 1;
    if (!(std::abs(other) >= rule.Number("other", 0.1))) continue;
    const double whole = std::abs(std::log(closure.outcome_now / closure.outcome_before));
    const double explained = 1 - std::abs(std::log1p(other)) / whole;
    const bool none = !(explained > 0);  // also when the outcome did not move at all
    report({NameOf(outcome->yaml, "outcome"), none ? "" : ShareWords(explained),
            (other < 0 ? "-" : "+") + ShareWords(std::abs(other)), none ? "nothing" : ""},
           PlaceOf(outcome->yaml, "tree"), outcome->node.id);
  }
}

/// D07: a KPI and its outcome were watched for long and did not move together.
void NoLink(const DataExamination& seen, const Rule& rule, const Report& report) {
  for (const LinkSeen& link : seen.picture.links) {
    const Seen<Kpi>* kpi = seen.FindKpi(link.kpi);
    if (kpi == nullptr || link.evidence != "none_found" || link.weeks < rule.Number("weeks", 26)) continue;
    report({NameOf(kpi->yaml, "KPI"), Shortened(kpi->node.outcome), std::to_string(link.weeks), ""},
           PlaceOf(kpi->yaml, "outcome"), kpi->node.id);
  }
}

/// +1 when the number should rise, -1 when it should fall: by its target, else by the metric; 0 not known.
int Wanted(const Goal& goal, const Metric* metric) {
  if (goal.baseline && goal.target && *goal.baseline != *goal.target)
    return *goal.target > *goal.baseline ? 1 : -1;
  if (metric == nullptr) return 0;
  return metric->direction == "higher" ? 1 : metric->direction == "lower" ? -1 : 0;
}

/// D08: the KPI goes where the plan wants it and the outcome goes the other way.
void AgainstThePlan(const DataExamination& seen, const Rule&, const Report& report) {
  for (const LinkSeen& link : seen.picture.links) {
    const Seen<Kpi>* kpi = seen.FindKpi(link.kpi);
    const Seen<Outcome>* outcome = kpi == nullptr ? nullptr : seen.FindOutcome(kpi->node.outcome);
    if (outcome == nullptr) continue;
    const int of_kpi = Wanted(kpi->node.goal, kpi->metric),
              of_outcome = Wanted(outcome->node.goal, outcome->metric);
    const bool moves_as_planned = of_kpi != 0 && link.kpi_trend == of_kpi;
    if (!moves_as_planned || of_outcome == 0 || link.outcome_trend != -of_outcome) continue;
    report(
        {NameOf(kpi->yaml, "KPI"), NameOf(outcome->yaml, "outcome"), "", link.kpi_trend > 0 ? "" : "falls"},
        PlaceOf(kpi->yaml, "outcome"), kpi->node.id);
  }
}

/// D15: a target that is met every time asks for nothing.
void AlwaysMet(const DataExamination& seen, const Rule& rule, const Report& report) {
  for (const TargetRun& run : seen.picture.runs) {
    if (run.times < rule.Number("times", 3)) continue;
    const Seen<Kpi>* kpi = seen.FindKpi(run.node);
    const Seen<Outcome>* outcome = seen.FindOutcome(run.node);
    if (kpi == nullptr && outcome == nullptr) continue;
    report({Shortened(run.node), std::to_string(run.times), "", ""},
           PlaceOf(kpi != nullptr ? kpi->yaml : outcome->yaml, "target"), run.node);
  }
}

/// D16: less talk after an improvement, which happens without it too.
void FellAnyway(const DataExamination& seen, const Rule&, const Report& report) {
  std::map<std::string_view, const ImprovementSeen*> fell;
  for (const ImprovementSeen& found : seen.picture.improvements) {
    if (found.fell && !found.beyond_chance) fell.emplace(found.improvement, &found);
  }
  if (fell.empty()) return;
  for (const Yaml* improvement : Blocks(seen.chain.plan.root, "improvements")) {
    const std::string id = improvement->Text("id");
    if (fell.count(id) == 0) continue;
    report({Shortened(improvement->Text("issue")), Shortened(id), "", ""}, PlaceOf(*improvement, "expect"),
           "");
  }
}

/// D18: the step that loses people is another person's.
void OthersStep(const DataExamination& seen, const Rule&, const Report& report) {
  for (const BrokenStep& broken : seen.picture.broken) {
    const Seen<Kpi>* kpi = seen.FindKpi(broken.kpi);
    if (kpi == nullptr || broken.owner.empty() || broken.owner == kpi->node.owner) continue;
    report({Shortened(kpi->node.owner.empty() ? "nobody" : kpi->node.owner), NameOf(kpi->yaml, "KPI"),
            Shortened(broken.step), "", Shortened(broken.owner)},
           PlaceOf(kpi->yaml, "owner"), kpi->node.id);
  }
}

constexpr DataRuleRow kRules[] = {{"D06", Unexplained}, {"D07", NoLink},     {"D08", AgainstThePlan},
                                  {"D15", AlwaysMet},   {"D16", FellAnyway}, {"D18", OthersStep}};

}  // namespace

std::span<const DataRuleRow> LinkRules() { return kRules; }

}  // namespace backcast
