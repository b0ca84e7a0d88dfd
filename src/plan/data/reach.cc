// SPDX-License-Identifier: Apache-2.0
// Rules about whether a number can be had at all: its facts, its sources, its steps, its cases, its days.
#include <map>
#include <set>

#include "plan/data/reading.h"
#include "plan/data/rules.h"
#include "plan/data/words.h"
#include "plan/number_words.h"

namespace backcast {
namespace {

/// D01. Of an outcome or a KPI it is an error; of what stands beside them, a warning, once per metric.
class EmptyFacts {
 public:
  EmptyFacts(const DataExamination& seen, const Report& report) : seen_(seen), report_(report) {}

  void Node(std::string_view metric, const Place& place, std::string_view node) {
    if (const std::string& facts = Lacking(metric); !facts.empty()) {
      report_({Shortened(metric), facts, "", ""}, place, node);
      told_.insert(metric);
    }
  }

  void Beside(std::string_view metric, const Place& place, std::string_view node, const std::string& name) {
    const std::string& facts = Lacking(metric);
    if (facts.empty() || !told_.insert(metric).second) return;
    report_.As(Severity::kWarning, {Shortened(metric), facts, name, "beside"}, place, node);
  }

 private:
  /// In words; empty when nothing lacks or the metric is not known.
  const std::string& Lacking(std::string_view id) {
    const auto [place, is_new] = lacking_.try_emplace(id);
    if (!is_new) return place->second;
    if (const Metric* metric = seen_.chain.FindMetric(id))
      place->second = Listed(LackingFacts(*metric, seen_.catalogue, seen_.picture.rows));
    return place->second;
  }

  const DataExamination& seen_;
  const Report& report_;
  std::map<std::string_view, std::string> lacking_;
  std::set<std::string_view> told_;
};

void NoFacts(const DataExamination& seen, const Rule&, const Report& report) {
  if (seen.picture.rows.empty()) return;
  EmptyFacts facts(seen, report);
  for (const auto& outcome : seen.chain.outcomes)
    facts.Node(outcome.node.metric, PlaceOf(outcome.yaml, "metric"), outcome.node.id);
  for (const auto& kpi : seen.chain.kpis)
    facts.Node(kpi.node.metric, PlaceOf(kpi.yaml, "metric"), kpi.node.id);
  for (const auto& kpi : seen.chain.kpis) {
    const std::string name = NameOf(kpi.yaml, "KPI");
    for (const PathStep& step : kpi.node.path) facts.Beside(step.metric, step.place, kpi.node.id, name);
    facts.Beside(kpi.node.guard, PlaceOf(kpi.yaml, "guard"), kpi.node.id, name);
    facts.Beside(kpi.node.cost_pair, PlaceOf(kpi.yaml, "cost_pair"), kpi.node.id, name);
  }
}

/// The sources that stopped while others went on, by the fact they fill.
std::map<std::string_view, std::vector<const SourceReach*>> Stopped(const DataExamination& seen,
                                                                    const Rule& rule) {
  std::map<std::string_view, std::vector<const SourceReach*>> stopped;
  for (const SourceReach& source : seen.picture.sources) {
    const int blind = static_cast<int>((seen.picture.as_of - source.last).count());
    if (blind > rule.Number("days", 7) && blind > source.longest_gap) stopped[source.fact].push_back(&source);
  }
  return stopped;
}

/// D02: no source of a KPI ends long before the newest data, and the newest data are not old. Once per source
/// and owner.
void Blind(const DataExamination& seen, const Rule& rule, const Report& report) {
  const auto age = (seen.chain.today - seen.picture.as_of).count();
  if (seen.picture.as_of != Day{} && age > rule.Number("old_days", 45))
    report({ToIso(seen.picture.as_of), "", std::to_string(age), "all"}, Place{1, 1}, "");
  const auto stopped = Stopped(seen, rule);
  std::map<const Metric*, std::vector<std::string>> facts_of;
  std::set<std::pair<std::string_view, std::string_view>> told;
  for (const auto& kpi : seen.chain.kpis) {
    if (stopped.empty() || kpi.metric == nullptr) continue;
    const auto [facts, is_new] = facts_of.try_emplace(kpi.metric);
    if (is_new) facts->second = seen.catalogue.FactsOf(*kpi.metric);
    for (const std::string& fact : facts->second) {
      const auto found = stopped.find(fact);
      if (found == stopped.end()) continue;
      for (const SourceReach* source : found->second) {
        if (!told.emplace(source->source, kpi.node.owner).second) continue;
        const auto blind = (seen.picture.as_of - source->last).count();
        const std::string owner = kpi.node.owner.empty() ? "nobody" : Shortened(kpi.node.owner);
        report({Shortened(source->source), ToIso(source->last), std::to_string(blind), "",
                NameOf(kpi.yaml, "KPI") + " of " + owner},
               PlaceOf(kpi.yaml, "metric"), kpi.node.id);
      }
    }
  }
}

/// D03: baseline and value mean the same thing.
void MeaningChanged(const DataExamination& seen, const Rule&, const Report& report) {
  const auto look = [&](const auto& node, std::string_view kind) {
    const auto& baseline = node.node.goal.baseline_period;
    if (node.metric == nullptr || !baseline) return;
    for (const DefinitionChange& change : seen.picture.changes) {
      if (baseline->from >= change.day || seen.picture.as_of < change.day) continue;
      if (!Reads(*node.metric, seen.catalogue, change.fact, change.columns)) continue;
      report({Shortened(change.native), ToIso(change.day), NameOf(node.yaml, kind), ""},
             PlaceOf(node.yaml, "baseline.period"), node.node.id);
    }
  };
  for (const auto& outcome : seen.chain.outcomes) look(outcome, "outcome");
  for (const auto& kpi : seen.chain.kpis) look(kpi, "KPI");
}

/// D04: every step of a path that could have events has some. One whose fact is empty is D01's.
void SilentStep(const DataExamination& seen, const Rule&, const Report& report) {
  std::map<std::string_view, const StepEvents*> events;
  for (const StepEvents& step : seen.picture.steps) events.emplace(step.metric, &step);
  for (const auto& kpi : seen.chain.kpis) {
    for (const PathStep& step : kpi.node.path) {
      const auto found = events.find(step.metric);
      const Metric* metric = seen.chain.FindMetric(step.metric);
      if (found == events.end() || metric == nullptr || found->second->events.value_or(0) > 0) continue;
      if (!LackingFacts(*metric, seen.catalogue, seen.picture.rows).empty()) continue;
      const std::string name = step.step.empty() ? step.metric : step.step;
      report({Shortened(name), NameOf(kpi.yaml, "KPI"), Shortened(step.metric),
              found->second->events ? "" : "unseen"},
             step.place, kpi.node.id);
    }
  }
}

/// D05: cases enough for a verdict. To watch meanwhile: the nearest step before the KPI's own that has
/// events.
void FewCases(const DataExamination& seen, const Rule&, const Report& report) {
  std::set<std::string_view> eventful;
  for (const StepEvents& step : seen.picture.steps) {
    if (step.events.value_or(0) > 0) eventful.insert(step.metric);
  }
  for (const KpiCases& cases : seen.picture.cases) {
    const Seen<Kpi>* kpi = seen.FindKpi(cases.kpi);
    if (kpi == nullptr || !(cases.n < cases.needed)) continue;
    std::string earlier;
    for (const PathStep& step : kpi->node.path) {
      if (step.metric == kpi->node.metric) break;
      if (eventful.count(step.metric) > 0) earlier = Shortened(step.metric);
    }
    report({NameOf(kpi->yaml, "KPI"), NumberWords(cases.n, 0), NumberWords(cases.needed, 0),
            earlier.empty() ? "alone" : "", earlier},
           PlaceOf(kpi->yaml, "metric"), kpi->node.id);
  }
}

/// D10: most days of a report are settled.
void OpenDaysLeft(const DataExamination& seen, const Rule& rule, const Report& report) {
  const auto& open = seen.picture.open_days;
  if (!open || open->days <= 0) return;
  const double share = static_cast<double>(open->open) / open->days;
  if (!(share > rule.Number("share", 0.5))) return;
  report({ShareWords(share), Listed(open->facts), "", ""}, Place{1, 1}, "");
}

constexpr DataRuleRow kRules[] = {{"D01", NoFacts},    {"D02", Blind},    {"D03", MeaningChanged},
                                  {"D04", SilentStep}, {"D05", FewCases}, {"D10", OpenDaysLeft}};

}  // namespace

std::span<const DataRuleRow> ReachRules() { return kRules; }

}  // namespace backcast
