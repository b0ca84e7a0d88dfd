// SPDX-License-Identifier: Apache-2.0
// Rules about who was asked, who owns what, and what an owner can change.
#include <algorithm>
#include <map>

#include "plan/blocks.h"
#include "plan/doctor/examination.h"
#include "plan/number_words.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

/// P07: each of these functions of the company sat in the kick-off.
void NotAsked(const Examination& seen, const Rule& rule, const Report& report) {
  WordSet present;
  for (const Yaml* id : ScalarsOf(ValueAt(seen.plan.root, "kickoff.attended"))) {
    if (const Person* person = seen.FindPerson(id->text)) present.insert(person->function);
  }
  const Yaml* functions = rule.with.Find("functions");
  for (const Yaml* function : ScalarsOf(functions)) {
    if (present.count(function->text) > 0) continue;
    std::string words = function->text;
    for (char& c : words) c = c == '_' ? ' ' : c;
    report({words, "", "", ""}, PlaceOf(seen.plan.root, "kickoff.attended"), "");
  }
}

/// P09: a sales KPI needs an owner with hold on shop or sales work, or proof from another digital channel.
void SalesWithoutInfluence(const Examination& seen, const Rule& rule, const Report& report) {
  if (!IsEmpty(seen.plan.root.Find("sales_history"))) return;
  const WordSet metrics = rule.Words("metrics"), influences = rule.Words("influences");
  for (const auto& kpi : seen.kpis) {
    if (metrics.count(kpi.node.metric) == 0 || seen.Influences(kpi.node.owner, influences)) continue;
    report({NameOf(kpi.yaml, "KPI"), "", "", ""}, PlaceOf(kpi.yaml, "owner"), kpi.node.id);
  }
}

/// P10: the owner influences an area that moves metrics of this element.
void OutsideInfluence(const Examination& seen, const Rule& rule, const Report& report) {
  const Yaml* areas = rule.with.Find("areas");
  const Yaml* wider = rule.with.Find("wider");
  for (const auto& kpi : seen.kpis) {
    if (kpi.metric == nullptr || seen.FindPerson(kpi.node.owner) == nullptr) continue;
    WordSet area;
    const auto add = [&area](const Yaml* words) {
      for (const Yaml* word : ScalarsOf(words)) area.insert(word->text);
    };
    if (areas != nullptr) add(areas->Find(kpi.metric->element));
    bool is_wider = false;
    if (wider != nullptr) {
      for (const Yaml* metric : ScalarsOf(wider->Find("metrics")))
        is_wider |= metric->text == kpi.node.metric;
    }
    if (is_wider) add(wider->Find("influences"));
    if (seen.Influences(kpi.node.owner, area)) continue;
    report({NameOf(kpi.yaml, "KPI"), kpi.metric->element, "", ""}, PlaceOf(kpi.yaml, "owner"), kpi.node.id);
  }
}

/// P11: where requests are the outcome, somebody in sales promises how fast they are answered.
void NobodyAnswers(const Examination& seen, const Rule& rule, const Report& report) {
  const WordSet metrics = rule.Words("metrics"), influences = rule.Words("influences");
  for (const auto& kpi : seen.kpis) {
    if (metrics.count(kpi.node.metric) > 0 && seen.Influences(kpi.node.owner, influences)) return;
  }
  for (const auto& outcome : seen.outcomes) {
    if (outcome.metric == nullptr || outcome.metric->element != rule.with.Text("element")) continue;
    report({NameOf(outcome.yaml, "outcome"), "", "", ""}, PlaceOf(outcome.yaml, "metric"), outcome.node.id);
  }
}

/// P12: where a path crosses the site, somebody in the team can change it.
void NobodyOwnsTheSite(const Examination& seen, const Rule& rule, const Report& report) {
  const WordSet influences = rule.Words("influences"), elements = rule.Words("elements");
  for (const Person& person : seen.plan.team) {
    for (const std::string& influence : person.influences) {
      if (influences.count(influence) > 0) return;
    }
  }
  for (const auto& kpi : seen.kpis) {
    for (const PathStep& step : kpi.node.path) {
      const Metric* metric = seen.FindMetric(step.metric);
      if (metric == nullptr || elements.count(metric->element) == 0) continue;
      report({NameOf(kpi.yaml, "KPI"), "", "", ""}, step.place, kpi.node.id);
      break;
    }
  }
}

/// P60: no number carries half of anybody's bonus. Parts without a share divide what the others leave.
void BonusOnOneNumber(const Examination& seen, const Rule& rule, const Report& report) {
  for (const Yaml* person : Blocks(seen.plan.root, "team")) {
    std::map<std::string_view, double> carries;
    std::vector<std::string_view> open;
    double given = 0;
    for (const Yaml* part : Blocks(*person, "bonus")) {
      const Yaml* metric = part->Find("metric");
      if (metric == nullptr || !metric->IsScalar() || metric->text.empty()) continue;
      const double share = std::clamp(FiniteNumber(part->Find("share")).value_or(-1), -1.0, 1.0);
      if (share < 0) open.push_back(metric->text);
      carries[metric->text] += std::max(share, 0.0);
      given += std::max(share, 0.0);
    }
    for (const std::string_view metric : open)
      carries[metric] += std::max(0.0, 1 - given) / static_cast<double>(open.size());
    for (const auto& [metric, share] : carries) {
      if (share < rule.Number("share", 0.5)) continue;
      report({NameOf(*person, "person"), NumberWords(100 * share, 0) + "%", Shortened(metric), ""},
             PlaceOf(*person, "bonus"), "");
      break;
    }
  }
}

constexpr RuleRow kRules[] = {{"P07", NotAsked},          {"P09", SalesWithoutInfluence},
                              {"P10", OutsideInfluence},  {"P11", NobodyAnswers},
                              {"P12", NobodyOwnsTheSite}, {"P60", BonusOnOneNumber}};

}  // namespace

std::span<const RuleRow> PeopleRules() { return kRules; }

}  // namespace backcast
