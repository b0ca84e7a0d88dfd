// SPDX-License-Identifier: Apache-2.0
// plan.yaml -> Plan. What cannot be used is left out here; the text layer says so.
#include "plan/blocks.h"
#include "plan/driver_trees.h"
#include "plan/plan.h"
#include "plan/scope.h"
#include "plan/sentences.h"
#include "plan/shape.h"
#include "plan/text_layer.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

int IntegerOf(const Yaml& map, std::string_view key, int otherwise) {
  const std::optional<double> number = FiniteNumber(map.Find(key));
  return number && *number >= -1e9 && *number <= 1e9 ? static_cast<int>(*number) : otherwise;
}

Goal ReadGoal(const Yaml& map) {
  Goal goal;
  if (const Yaml* baseline = map.Find("baseline")) {
    goal.baseline = FiniteNumber(baseline->IsMap() ? baseline->Find("value") : baseline);
    if (baseline->IsMap()) goal.baseline_period = PlanPeriod(baseline->Find("period"));
  }
  if (const Yaml* target = map.Find("target")) {
    goal.target = FiniteNumber(target->IsMap() ? target->Find("value") : target);
    if (target->IsMap()) goal.by = PlanDay(target->Find("by"));
  }
  return goal;
}

std::vector<PathStep> ReadPath(const Yaml* path) {
  std::vector<PathStep> steps;
  if (path == nullptr) return steps;
  for (const Yaml& item : path->items) {
    if (item.IsScalar()) steps.push_back({item.text, item.text, item.place});
    if (item.IsMap()) steps.push_back({item.Text("step"), item.Text("metric"), item.place});
  }
  return steps;
}

void ReadHead(const Yaml& root, Plan& plan) {
  if (const Yaml* brand = root.Find("brand")) {
    plan.brand = brand->IsScalar() ? brand->text : brand->Text("name");
    plan.currency = brand->Text("currency");
    plan.time_zone = brand->Text("tz");
    plan.market = brand->Text("market");
  }
  if (const Yaml* revision = root.Find("plan")) plan.version = IntegerOf(*revision, "version", 1);
}

void ReadPeople(const Yaml& root, Plan& plan) {
  for (const Yaml* item : Blocks(root, "team")) {
    plan.team.push_back({item->Text("id"), item->Text("role"), item->Text("function"),
                         item->Texts("influences"), item->place});
  }
  for (const Yaml* item : Blocks(root, "objectives")) {
    plan.objectives.push_back({item->Text("id"), item->Text("statement"), item->Text("strategy"),
                               item->Text("kind"), item->Text("owner"), item->place});
  }
  for (const Yaml* item : Blocks(root, "channels")) {
    plan.channels.push_back({item->Text("id"), item->Text("platform"), item->Text("account"),
                             item->Text("owner"), item->Text("why"), item->place});
  }
  for (const Yaml* item : Blocks(root, "not_measured")) {
    plan.not_measured.push_back({item->Text("what"), item->Text("why"), item->Text("owner")});
  }
}

Outcome ReadOutcome(const Yaml& item, const Catalogue& catalogue) {
  Outcome outcome;
  outcome.id = item.Text("id");
  outcome.objective = item.Text("objective");
  outcome.metric = item.Text("metric");
  outcome.ceo = item.Text("ceo");
  outcome.owner = item.Text("owner");
  outcome.unit = item.Text("unit");
  outcome.tree = item.Text("tree");
  outcome.scope = ReadScope(item.Find("scope"), catalogue);
  outcome.goal = ReadGoal(item);
  outcome.lag_weeks = IntegerOf(item, "lag_weeks", 0);
  outcome.place = item.place;
  return outcome;
}

Kpi ReadKpi(const Yaml& item, const Catalogue& catalogue) {
  Kpi kpi;
  kpi.id = item.Text("id");
  kpi.outcome = item.Text("outcome");
  kpi.metric = item.Text("metric");
  kpi.owner = item.Text("owner");
  kpi.why = item.Text("why");
  kpi.cost_pair = item.Text("cost_pair");
  kpi.guard = item.Text("guard");
  kpi.issue = item.Text("issue");
  kpi.scope = ReadScope(item.Find("scope"), catalogue);
  kpi.goal = ReadGoal(item);
  kpi.segments = item.Texts("segment");
  kpi.compare_with = item.Texts("compare_with");
  kpi.path = ReadPath(item.Find("path"));
  kpi.place = item.place;
  return kpi;
}

Tactic ReadTactic(const Yaml& item, const Catalogue& catalogue) {
  Tactic tactic;
  tactic.id = item.Text("id");
  tactic.name = item.Text("name");
  tactic.element = item.Text("element");
  tactic.stage = item.Text("stage");
  tactic.owner = item.Text("owner");
  tactic.channels = item.Texts("channels");
  tactic.moves = item.Texts("moves");
  if (const Yaml* budget = item.Find("budget")) {
    for (const Yaml::Entry& entry : budget->entries) {
      if (const std::optional<double> amount = FiniteNumber(&entry.value)) tactic.budget[entry.key] = *amount;
    }
  }
  tactic.window = PlanPeriod(&item);
  tactic.scope = ReadScope(item.Find("scope"), catalogue);
  tactic.place = item.place;
  return tactic;
}

void ReadDriverTrees(const Yaml& root, Plan& plan) {
  std::vector<DriverTree> own;
  for (const Yaml* item : Blocks(root, "driver_trees")) own.push_back(ReadDriverTree(*item));
  if (!own.empty()) plan.driver_trees = DriverTreeSet::Shipped().With(std::move(own));
}

}  // namespace

Result<PlanReading> ReadPlan(std::string_view yaml, std::string_view file, const Catalogue& catalogue) {
  BACKCAST_TRY(Yaml root, ParseYaml(yaml, file));
  RejoinSentences(root, Shapes::Shipped());
  PlanReading reading;
  Plan& plan = reading.plan;
  plan.file = file;
  ReadHead(root, plan);
  ReadPeople(root, plan);
  ReadDriverTrees(root, plan);
  for (const Yaml* item : Blocks(root, "outcomes")) plan.outcomes.push_back(ReadOutcome(*item, catalogue));
  for (const Yaml* item : Blocks(root, "kpis")) plan.kpis.push_back(ReadKpi(*item, catalogue));
  for (const Yaml* item : Blocks(root, "tactics")) plan.tactics.push_back(ReadTactic(*item, catalogue));
  reading.findings = ExamineText(root, yaml, file, catalogue.all());
  plan.root = std::move(root);
  return reading;
}

}  // namespace backcast
