// SPDX-License-Identifier: Apache-2.0
// Rules about targets: which way they go, and when they are due.
#include "plan/blocks.h"
#include "plan/doctor/examination.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

/// Calls `look(node, what a sentence calls its kind)` for every outcome and KPI.
template <class Look>
void ForEachGoal(const Examination& seen, Look look) {
  for (const auto& outcome : seen.outcomes) look(outcome, "outcome");
  for (const auto& kpi : seen.kpis) look(kpi, "KPI");
}

/// P55: the target lies on the better side of the baseline.
void WrongDirection(const Examination& seen, const Rule&, const Report& report) {
  ForEachGoal(seen, [&](const auto& node, std::string_view kind) {
    const Goal& goal = node.node.goal;
    if (node.metric == nullptr || !goal.baseline || !goal.target) return;
    const bool should_rise = node.metric->direction == "higher" && *goal.target < *goal.baseline;
    const bool should_fall = node.metric->direction == "lower" && *goal.target > *goal.baseline;
    if (!should_rise && !should_fall) return;
    report({NameOf(node.yaml, kind), node.metric->id, "", should_fall ? "falls" : ""},
           PlaceOf(node.yaml, "target"), node.node.id);
  });
}

/// P58: the target is due after its baseline.
void DueInTheBaseline(const Examination& seen, const Rule&, const Report& report) {
  ForEachGoal(seen, [&](const auto& node, std::string_view kind) {
    const Goal& goal = node.node.goal;
    if (!goal.by || !goal.baseline_period || *goal.by >= goal.baseline_period->to) return;
    report({NameOf(node.yaml, kind), ToIso(*goal.by), ToIso(goal.baseline_period->to - std::chrono::days{1}),
            ""},
           PlaceOf(node.yaml, "target.by"), node.node.id);
  });
}

/// P59: work that begins with the plan can show before the target is due.
void LaterThanItsDate(const Examination& seen, const Rule&, const Report& report) {
  const std::optional<Day> begin = PlanDay(ValueAt(seen.plan.root, "plan.valid_from"));
  if (!begin) return;
  for (const auto& outcome : seen.outcomes) {
    const std::optional<Day>& by = outcome.node.goal.by;
    const std::chrono::weeks lag{outcome.node.lag_weeks};
    // A target of an earlier version may lie before this one began.
    if (!by || lag.count() <= 0 || *by < *begin || *begin + lag <= *by) continue;
    report({NameOf(outcome.yaml, "outcome"), std::to_string(lag.count()), ToIso(*by), "", ToIso(*begin)},
           PlaceOf(outcome.yaml, "lag_weeks"), outcome.node.id);
  }
}

constexpr RuleRow kRules[] = {{"P55", WrongDirection}, {"P58", DueInTheBaseline}, {"P59", LaterThanItsDate}};

}  // namespace

std::span<const RuleRow> TargetRules() { return kRules; }

}  // namespace backcast
