// SPDX-License-Identifier: Apache-2.0
// Rules about KPIs: their path, their metric, how many there are and of what kind.
#include <algorithm>
#include <map>

#include "plan/blocks.h"
#include "plan/doctor/examination.h"
#include "plan/number_words.h"

namespace backcast {
namespace {

/// Metrics that count as the end of a path to an outcome of this metric.
WordSet EndsOf(const std::string& metric, const Rule& rule) {
  WordSet ends = {metric};
  const Yaml* also = rule.with.Find("also");
  if (also == nullptr) return ends;
  for (const Yaml& row : also->items) {
    const std::vector<const Yaml*> outcomes = ScalarsOf(row.Find("outcomes"));
    const bool concerns =
        std::any_of(outcomes.begin(), outcomes.end(), [&](const Yaml* one) { return one->text == metric; });
    if (!concerns) continue;
    for (const Yaml* end : ScalarsOf(row.Find("ends"))) ends.insert(end->text);
  }
  return ends;
}

/// P24: a path of measured steps that comes by the outcome.
void NoPath(const Examination& seen, const Rule& rule, const Report& report) {
  std::map<std::string, WordSet, std::less<>> ends_of;
  for (const auto& kpi : seen.kpis) {
    const Outcome* outcome = seen.FindOutcome(kpi.node.outcome);
    const std::vector<PathStep>& path = kpi.node.path;
    if (outcome != nullptr && static_cast<double>(path.size()) >= rule.Number("steps", 2)) {
      const auto [ends, is_new] = ends_of.try_emplace(outcome->metric);
      if (is_new) ends->second = EndsOf(outcome->metric, rule);
      const auto arrives = [&, known = &ends->second](const PathStep& step) {
        return !step.metric.empty() && known->count(step.metric) > 0;
      };
      if (std::any_of(path.begin(), path.end(), arrives)) continue;
    }
    report({NameOf(kpi.yaml, "KPI"), "", "", ""}, PlaceOf(kpi.yaml, "path"), kpi.node.id);
  }
}

/// P25: every metric that is named exists.
class UnknownMetrics {
 public:
  UnknownMetrics(const Examination& seen, const Report& report) : seen_(seen), report_(report) {
    for (const Metric& metric : seen.metrics) known_.push_back(metric.id);
  }

  void Look(const Yaml& block, std::string_view kind, std::string_view node) {
    for (const std::string_view key : {"metric", "guard", "cost_pair"})
      Check(block.Find(key), block, kind, node);
    if (const Yaml* path = block.Find("path")) {
      for (const Yaml& step : path->items)
        Check(step.IsMap() ? step.Find("metric") : &step, block, kind, node);
    }
  }

  void Check(const Yaml* metric, const Yaml& block, std::string_view kind, std::string_view node) {
    if (metric == nullptr || !metric->IsScalar() || metric->text.empty()) return;
    if (seen_.FindMetric(metric->text) != nullptr) return;
    report_.WithSuggestion({NameOf(block, kind), Shortened(metric->text), "", ""}, metric->place, node,
                           metric->text, known_);
  }

 private:
  const Examination& seen_;
  const Report& report_;
  std::vector<std::string> known_;
};

void UnknownMetric(const Examination& seen, const Rule&, const Report& report) {
  UnknownMetrics unknown(seen, report);
  for (const auto& outcome : seen.outcomes) unknown.Look(outcome.yaml, "outcome", outcome.node.id);
  for (const auto& kpi : seen.kpis) unknown.Look(kpi.yaml, "KPI", kpi.node.id);
  for (const Yaml* card : Blocks(seen.plan.root, "scorecards")) {
    for (const Yaml* metric : ScalarsOf(card->Find("extra"))) unknown.Check(metric, *card, "scorecard", "");
  }
  for (const Yaml* tree : Blocks(seen.plan.root, "driver_trees")) {
    const auto check = [&](const Yaml* metric) { unknown.Check(metric, *tree, "driver tree", ""); };
    for (const std::string_view key : {"outcome", "also", "costs", "guards"}) {
      for (const Yaml* metric : ScalarsOf(tree->Find(key))) check(metric);
    }
    for (const Yaml& factor : tree->Items("identity")) check(factor.Find("metric"));
    for (const Yaml& lead : tree->Items("leads")) {
      check(lead.Find("metric"));
      check(lead.Find("factor"));
    }
  }
}

/// How many KPIs name one id under a key, and the first of them.
struct Load {
  int count = 0;
  const Yaml* first = nullptr;

  void Add(const Yaml& kpi) {
    ++count;
    if (first == nullptr) first = &kpi;
  }
};

/// P30: nobody and no outcome carries more KPIs than one can look at.
void TooMany(const Examination& seen, const Rule& rule, const Report& report) {
  std::map<std::string_view, Load> of_person, of_outcome;
  for (const auto& kpi : seen.kpis) {
    of_person[kpi.node.owner].Add(kpi.yaml);
    of_outcome[kpi.node.outcome].Add(kpi.yaml);
  }
  const auto tell = [&report](std::string_view id, const Load& load, std::string_view key,
                              std::string_view node) {
    const std::string name = id.empty() ? "nobody" : Shortened(id);
    report({name, std::to_string(load.count), "", ""}, PlaceOf(*load.first, key), node);
  };
  for (const auto& [person, load] : of_person) {
    if (load.count > rule.Number("person", 7)) tell(person, load, "owner", "");
  }
  for (const auto& [outcome, load] : of_outcome) {
    if (load.count > rule.Number("outcome", 6)) tell(outcome, load, "outcome", outcome);
  }
}

/// P31: more than one KPI.
void OneMetric(const Examination& seen, const Rule& rule, const Report& report) {
  if (static_cast<double>(seen.kpis.size()) >= rule.Number("kpis", 2)) return;
  report({std::to_string(seen.kpis.size()), "", "", ""}, PlaceOf(seen.plan.root, "kpis"), "");
}

/// P32: every element of the mix is used or declined with a reason.
void ElementNotConsidered(const Examination& seen, const Rule& rule, const Report& report) {
  for (const Yaml* element : ScalarsOf(rule.with.Find("elements"))) {
    const Yaml* written = ValueAt(seen.plan.root, "elements." + element->text);
    if (written != nullptr && !(written->IsMap() && IsEmpty(written->Find("declined")))) continue;
    report({element->text, "", "", ""}, PlaceOf(seen.plan.root, "elements." + element->text), "");
  }
}

/// P33: no element holds most of the KPIs.
void OneElement(const Examination& seen, const Rule& rule, const Report& report) {
  if (!IsEmpty(ValueAt(seen.plan.root, "culture.exception"))) return;
  std::map<std::string_view, int> counts;
  int all = 0;
  for (const auto& kpi : seen.kpis) {
    if (kpi.metric == nullptr) continue;
    ++counts[kpi.metric->element];
    ++all;
  }
  if (all == 0 || all < rule.Number("kpis", 4)) return;
  for (const auto& [element, count] : counts) {
    if (static_cast<double>(count) / all <= rule.Number("share", 0.6)) continue;
    report({std::string(element), std::to_string(100 * count / all) + "%", "", ""},
           PlaceOf(seen.plan.root, "kpis"), "");
  }
}

/// P34: no multiple of the baseline on metrics that jump by luck.
void ViralTarget(const Examination& seen, const Rule& rule, const Report& report) {
  const WordSet levels = rule.Words("levels");
  for (const auto& kpi : seen.kpis) {
    if (kpi.metric == nullptr || levels.count(kpi.metric->level) == 0) continue;
    const double baseline = kpi.node.goal.baseline.value_or(0), target = kpi.node.goal.target.value_or(0);
    if (baseline <= 0 || target / baseline < rule.Number("times", 5)) continue;
    report({NameOf(kpi.yaml, "KPI"), NumberWords(target / baseline, 0), "", ""}, PlaceOf(kpi.yaml, "target"),
           kpi.node.id);
  }
}

/// P56: the guard is another number than the KPI and than its outcome.
void GuardsItself(const Examination& seen, const Rule&, const Report& report) {
  for (const auto& kpi : seen.kpis) {
    const std::string& guard = kpi.node.guard;
    const Outcome* outcome = seen.FindOutcome(kpi.node.outcome);
    const bool itself = !guard.empty() && guard == kpi.node.metric;
    const bool its_outcome = !guard.empty() && outcome != nullptr && guard == outcome->metric;
    if (!itself && !its_outcome) continue;
    report({NameOf(kpi.yaml, "KPI"), Shortened(guard), "", itself ? "" : "outcome"},
           PlaceOf(kpi.yaml, "guard"), kpi.node.id);
  }
}

/// P57: the KPI is not the outcome's own number in the outcome's own scope.
void RepeatsItsOutcome(const Examination& seen, const Rule&, const Report& report) {
  for (const auto& kpi : seen.kpis) {
    const Outcome* outcome = seen.FindOutcome(kpi.node.outcome);
    if (outcome == nullptr || kpi.node.metric.empty() || kpi.node.metric != outcome->metric ||
        kpi.node.scope != outcome->scope || !kpi.node.segments.empty()) {
      continue;
    }
    report({NameOf(kpi.yaml, "KPI"), Shortened(outcome->id), "", ""}, PlaceOf(kpi.yaml, "metric"),
           kpi.node.id);
  }
}

constexpr RuleRow kRules[] = {
    {"P24", NoPath},      {"P25", UnknownMetric},        {"P30", TooMany},
    {"P31", OneMetric},   {"P32", ElementNotConsidered}, {"P33", OneElement},
    {"P34", ViralTarget}, {"P56", GuardsItself},         {"P57", RepeatsItsOutcome}};

}  // namespace

std::span<const RuleRow> KpiRules() { return kRules; }

}  // namespace backcast
