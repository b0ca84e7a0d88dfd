// SPDX-License-Identifier: Apache-2.0
#include "chain/declared.h"

#include "base/yaml.h"
#include "plan/blocks.h"
#include "plan/scope.h"

namespace backcast {
namespace {

std::optional<Day> DayAt(const Yaml& map, std::string_view key) {
  const auto day = ParseIsoDay(map.Text(key));
  return day.ok() ? std::optional(day.value()) : std::nullopt;
}

std::optional<double> NumberAt(const Yaml& map, std::string_view key) {
  const Yaml* value = map.Find(key);
  return value == nullptr ? std::nullopt : value->Number();
}

void ReadExpectation(const Yaml& item, DeclaredChange& change) {
  const Yaml* expect = item.Find("expect");
  if (expect == nullptr) return;
  change.metric = expect->Text("metric");
  const std::string direction = expect->Text("direction");
  change.direction = direction == "higher" ? 1 : direction == "lower" ? -1 : 0;
  change.lag_weeks = static_cast<int>(NumberAt(*expect, "lag_weeks").value_or(0));
  if (const Yaml* scope = expect->Find("scope"); scope != nullptr && scope->IsMap()) {
    for (const Yaml::Entry& entry : scope->entries) change.scope.emplace_back(entry.key, entry.value.Texts());
  }
}

}  // namespace

std::vector<DeclaredChange> DeclaredChanges(const Plan& plan, const std::string& calendar,
                                            std::vector<std::string>& remarks) {
  std::vector<DeclaredChange> changes;
  for (const Yaml* item : Blocks(plan.root, "improvements")) {
    const auto due = DayAt(*item, "due");
    if (!due) continue;
    DeclaredChange change;
    change.id = item->Text("id");
    change.title = item->Text("objective", change.id);
    change.owner = item->Text("owner");
    change.issue = item->Text("issue");
    change.echo = item->Text("echo");
    change.on = *due;
    change.improvement = true;
    change.place = item->place;
    ReadExpectation(*item, change);
    changes.push_back(std::move(change));
  }
  if (calendar.empty()) return changes;
  const auto yaml = ParseYaml(calendar, "calendar.yaml");
  if (!yaml.ok()) {
    remarks.push_back("calendar.yaml was not read: " + ToSentence(yaml.error()));
    return changes;
  }
  for (const Yaml* item : Blocks(yaml.value(), "interventions")) {
    const auto on = DayAt(*item, "date");
    if (!on) {
      remarks.push_back(At("calendar.yaml", item->place) +
                        ": an intervention without a date like 2026-03-31 was left out");
      continue;
    }
    DeclaredChange change;
    change.id = item->Text("id");
    change.title = item->Text("title", change.id);
    change.owner = item->Text("owner");
    change.on = *on;
    change.until = DayAt(*item, "to");
    change.place = item->place;
    ReadExpectation(*item, change);
    changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<Experiment> Experiments(const Plan& plan) {
  std::vector<Experiment> experiments;
  for (const Yaml* item : Blocks(plan.root, "experiments")) {
    const auto effect = NumberAt(*item, "effect"), low = NumberAt(*item, "low"),
               high = NumberAt(*item, "high");
    Experiment experiment;
    experiment.id = item->Text("id");
    if (const Yaml* link = item->Find("link"); link != nullptr && link->IsMap()) {
      experiment.from = link->Text("from");
      experiment.to = link->Text("to");
    }
    experiment.kind = item->Text("kind");
    experiment.source = item->Text("source");
    experiment.n = static_cast<std::int64_t>(NumberAt(*item, "n").value_or(0));
    experiment.place = item->place;
    const auto from = DayAt(*item, "from"), to = DayAt(*item, "to");
    if (from && to && *from <= *to) experiment.days = Window{*from, *to + std::chrono::days{1}};
    if (!effect || !low || !high || experiment.from.empty() || experiment.to.empty()) continue;
    experiment.effect = *effect;
    experiment.low = *low;
    experiment.high = *high;
    experiments.push_back(std::move(experiment));
  }
  return experiments;
}

std::vector<RegionTest> RegionTests(const Plan& plan) {
  std::vector<RegionTest> tests;
  for (const Yaml* item : Blocks(plan.root, "experiments")) {
    RegionTest test;
    test.id = item->Text("id");
    if (const Yaml* link = item->Find("link"); link != nullptr && link->IsMap()) {
      test.from = link->Text("from");
      test.to = link->Text("to");
    }
    const auto from = DayAt(*item, "from"), to = DayAt(*item, "to");
    test.regions = item->Texts("regions");
    if (!from || !to || *to < *from || test.regions.empty() || test.from.empty() || test.to.empty()) continue;
    test.days = {*from, *to + std::chrono::days{1}};
    test.compare = item->Texts("compare");
    test.left_out = item->Flag("left_out");
    test.measure = item->Text("measure");
    test.currency = item->Text("currency");
    test.spend = item->Text("spend");
    test.place = item->place;
    tests.push_back(std::move(test));
  }
  return tests;
}

}  // namespace backcast
