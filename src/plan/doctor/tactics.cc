// SPDX-License-Identifier: Apache-2.0
// Rules about the mix of tactics and what is learned from it.
#include <algorithm>

#include "plan/blocks.h"
#include "plan/doctor/examination.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

/// P43: content is not about products alone.
void OnlyProductTalk(const Examination& seen, const Rule& rule, const Report& report) {
  int content = 0, product = 0;
  for (const auto& tactic : seen.tactics) {
    if (tactic.node.element != rule.with.Text("element")) continue;
    ++content;
    product += tactic.yaml.Text("focus") == rule.with.Text("focus") ? 1 : 0;
  }
  if (content == 0 || static_cast<double>(product) / content <= rule.Number("share", 0.7)) return;
  report({std::to_string(product) + " of " + std::to_string(content), "", "", ""},
         PlaceOf(seen.plan.root, "tactics"), "");
}

/// P44: themes are tried often enough, and a metric decides.
void NoLearning(const Examination& seen, const Rule& rule, const Report& report) {
  const Yaml& root = seen.plan.root;
  const double themes = FiniteNumber(ValueAt(root, "learning.themes_per_quarter")).value_or(0);
  const double posts = FiniteNumber(ValueAt(root, "learning.min_posts_per_theme")).value_or(0);
  const Yaml* decides = ValueAt(root, "learning.keep_if");
  if (themes > 0 && posts >= rule.Number("posts", 5) && decides != nullptr &&
      seen.FindMetric(decides->text) != nullptr) {
    return;
  }
  report({}, PlaceOf(root, "learning"), "");
}

/// P45: some tactic is for people who are not ready to buy.
void OnlyTheSale(const Examination& seen, const Rule& rule, const Report& report) {
  const WordSet stages = rule.Words("stages");
  const auto sells = [&stages](const Seen<Tactic>& tactic) { return stages.count(tactic.node.stage) > 0; };
  if (seen.tactics.empty() || !std::all_of(seen.tactics.begin(), seen.tactics.end(), sells)) return;
  report({}, PlaceOf(seen.plan.root, "tactics"), "");
}

/// P47: targeted growth has an advertising tactic behind it.
void GrowthWithoutHelp(const Examination& seen, const Rule& rule, const Report& report) {
  const WordSet metrics = rule.Words("metrics");
  std::unordered_set<std::string_view> helped;
  for (const auto& tactic : seen.tactics) {
    if (tactic.node.element == rule.with.Text("element"))
      helped.insert(tactic.node.moves.begin(), tactic.node.moves.end());
  }
  for (const auto& kpi : seen.kpis) {
    if (metrics.count(kpi.node.metric) == 0 || helped.count(kpi.node.id) > 0) continue;
    report({NameOf(kpi.yaml, "KPI"), "", "", ""}, PlaceOf(kpi.yaml, "metric"), kpi.node.id);
  }
}

constexpr RuleRow kRules[] = {
    {"P43", OnlyProductTalk}, {"P44", NoLearning}, {"P45", OnlyTheSale}, {"P47", GrowthWithoutHelp}};

}  // namespace

std::span<const RuleRow> TacticRules() { return kRules; }

}  // namespace backcast
