// SPDX-License-Identifier: Apache-2.0
#include "desk/journey_volumes.h"

#include <algorithm>
#include <set>

#include "compile/dimensions.h"
#include "desk/journey_conditions.h"
#include "desk/question.h"

namespace backcast {
namespace {

std::string Quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// Counting rows whose column nobody reports gives nought, which is not known: such a stage has no number.
std::string Unreported(const Metric& metric, const LakeStatistics& statistics) {
  const Expression& leaf = metric.expression;
  if (leaf.kind != Expression::Kind::kAggregate) return "";
  std::set<std::string> columns;
  CollectAskedToBeThere(leaf.condition, columns);
  const auto told = statistics.find(leaf.fact);
  if (columns.empty() || told == statistics.end()) return "";
  std::string list;
  for (const std::string& column : columns) {
    if (!told->second.missing.contains(column)) return "";
    list += (list.empty() ? "" : ", ") + column;
  }
  return "no export fills " + list + " of " + leaf.fact;
}

/// A fact that the metric reads and that has no rows; empty when all have.
std::string EmptyFact(const Workspace& workspace, const Ready& ready, const Metric& metric) {
  for (const std::string& id : workspace.catalogue().FactsOf(metric)) {
    const auto found = std::find_if(ready.coverage.begin(), ready.coverage.end(),
                                    [&](const FactCoverage& fact) { return fact.fact == id; });
    if (found == ready.coverage.end() || found->rows == 0) return id;
  }
  return "";
}

/// The metric of a stage's count; a formula becomes a metric of its own first.
Result<const Metric*> MetricOf(Workspace& workspace, const StageCount& count, std::size_t number,
                               const JourneyStage& stage) {
  if (!count.metric.empty()) {
    const Metric* metric = workspace.catalogue().Find(count.metric);
    if (metric != nullptr && metric->HasFormula()) return metric;
    return Error{Code::kInput, "stage " + stage.id,
                 metric == nullptr ? "there is no metric '" + count.metric + "'"
                                   : "metric '" + count.metric + "' has no formula",
                 "backcast metrics list names them all"};
  }
  const std::string id = "journey_stage_" + std::to_string(number);
  if (workspace.catalogue().Find(id) == nullptr) {
    const std::vector<Error> faults = workspace.AddMetrics(
        "- {id: " + id + ", formula: " + Quoted(count.formula) + ", unit: count, additivity: additive}\n",
        "stage " + stage.id);
    if (!faults.empty()) return faults[0];
  }
  return workspace.catalogue().Find(id);
}

std::string OwnerOf(const Workspace& workspace, const std::string& metric) {
  if (!workspace.plan()) return "";
  for (const Kpi& kpi : workspace.plan()->kpis) {
    if (kpi.metric == metric && !kpi.owner.empty()) return kpi.owner;
  }
  return "";
}

Question QuestionFor(const Ready& ready, const std::vector<Filter>& filters, std::vector<std::string> metrics,
                     std::vector<std::string> by) {
  return {.metrics = std::move(metrics),
          .by = std::move(by),
          .filters = filters,
          .windows = {ready.request.period, ready.request.compare},
          .series = {}};
}

void TakeNumbers(const Table& table, const std::string& metric, std::size_t row, StageNumbers& numbers) {
  numbers.now = NumberAt(table, metric + "@0", row);
  numbers.before = NumberAt(table, metric + "@1", row);
  numbers.now_rows = NumberAt(table, metric + "@0:n", row).value_or(0);
  numbers.before_rows = NumberAt(table, metric + "@1:n", row).value_or(0);
}

/// Stages that can be asked in one statement: the same filters, all with the dimension or all without.
Result<Done> Ask(Workspace& workspace, const Ready& ready, const std::string& by,
                 const std::vector<Filter>& filters, std::vector<CountedStage*> stages,
                 std::vector<std::string>& sql) {
  std::vector<std::string> metrics, daily, dimensions;
  for (const CountedStage* stage : stages) {
    metrics.push_back(stage->metric);
    if (stage->additive) daily.push_back(stage->metric);
  }
  if (!by.empty()) dimensions.push_back(by);
  BACKCAST_TRY(const Table table,
               AskLake(workspace, ready, QuestionFor(ready, filters, metrics, dimensions), &sql));
  for (std::size_t row = 0; row < table.rows; ++row) {
    for (CountedStage* stage : stages) {
      StageNumbers& numbers =
          dimensions.empty() || IsTotal(table, row) ? stage->total : stage->groups[WordAt(table, by, row)];
      TakeNumbers(table, stage->metric, row, numbers);
    }
  }
  if (daily.empty()) return Done{};
  std::vector<std::string> by_day = {"day"};
  by_day.insert(by_day.end(), dimensions.begin(), dimensions.end());
  BACKCAST_TRY(const Table days, AskLake(workspace, ready, QuestionFor(ready, filters, daily, by_day), &sql));
  for (std::size_t row = 0; row < days.rows; ++row) {
    if (IsTotal(days, row)) continue;
    const auto day = ParseIsoDay(WordAt(days, "day", row));
    if (!day.ok()) continue;
    for (CountedStage* stage : stages) {
      if (!stage->additive) continue;
      const auto now = NumberAt(days, stage->metric + "@0", row),
                 before = NumberAt(days, stage->metric + "@1", row);
      StageNumbers* group = dimensions.empty() ? nullptr : &stage->groups[WordAt(days, by, row)];
      if (now && ready.request.period.Contains(day.value())) {
        stage->total.now_days[day.value()] += *now;
        if (group != nullptr) group->now_days[day.value()] += *now;
      }
      if (before && ready.request.compare.Contains(day.value())) {
        stage->total.before_days[day.value()] += *before;
        if (group != nullptr) group->before_days[day.value()] += *before;
      }
    }
  }
  return Done{};
}

/// The stage with the first of its counts that can be had; or why it cannot.
Result<std::optional<CountedStage>> Choose(Workspace& workspace, const Ready& ready,
                                           const JourneyStage& stage, std::size_t& number,
                                           std::string& because) {
  for (const StageCount& count : stage.any) {
    BACKCAST_TRY(const Metric* metric, MetricOf(workspace, count, number++, stage));
    const std::string empty = EmptyFact(workspace, ready, *metric);
    const std::string unreported = empty.empty() ? Unreported(*metric, ready.statistics) : "";
    if (empty.empty() && unreported.empty()) {
      return std::optional(CountedStage{.stage = stage,
                                        .metric = metric->id,
                                        .formula = metric->formula,
                                        .owner = OwnerOf(workspace, metric->id),
                                        .additive = metric->additivity == Additivity::kAdditive,
                                        .has_dimension = false,
                                        .total = {},
                                        .groups = {}});
    }
    if (because.empty()) because = empty.empty() ? unreported : "no export fills " + empty + " yet";
  }
  return std::optional<CountedStage>();
}

Result<std::vector<JourneyStage>> StagesOf(const Workspace& workspace) {
  const Yaml* journey = workspace.plan() ? workspace.plan()->root.Find("journey") : nullptr;
  if (journey != nullptr && !journey->Items("stages").empty())
    return ReadStages(*journey, workspace.plan()->file);
  BACKCAST_TRY(StageList shipped, ShippedStages());
  return std::move(shipped.stages);
}

}  // namespace

Result<Volumes> ReadVolumes(Workspace& workspace, const Ready& ready, const std::string& by,
                            const std::vector<Filter>& filters) {
  BACKCAST_TRY(const std::vector<JourneyStage> stages, StagesOf(workspace));
  Volumes volumes;
  volumes.by = by;
  std::size_t number = 0;
  for (const JourneyStage& stage : stages) {
    std::string because;
    BACKCAST_TRY(auto chosen, Choose(workspace, ready, stage, number, because));
    if (!chosen) {
      volumes.left_out.push_back({stage.id, stage.title, because});
      continue;
    }
    const std::vector<std::string> dimensions =
        DimensionsOf(workspace.catalogue(), workspace.schemas(), *workspace.catalogue().Find(chosen->metric));
    chosen->has_dimension =
        !by.empty() && std::binary_search(dimensions.begin(), dimensions.end(), PlainName(by));
    volumes.stages.push_back(std::move(*chosen));
  }
  if (!by.empty() && !volumes.stages.empty() &&
      std::none_of(volumes.stages.begin(), volumes.stages.end(),
                   [](const CountedStage& stage) { return stage.has_dimension; })) {
    return Error{Code::kUsage, "", "no stage of the journey has the dimension '" + by + "'",
                 "for example --by channel_group, device, country, segment, cohort"};
  }
  // One statement for all stages that can share it.
  std::vector<bool> asked(volumes.stages.size(), false);
  for (std::size_t i = 0; i < volumes.stages.size(); ++i) {
    if (asked[i]) continue;
    std::vector<CountedStage*> together;
    for (std::size_t j = i; j < volumes.stages.size(); ++j) {
      CountedStage& other = volumes.stages[j];
      if (other.stage.scope != volumes.stages[i].stage.scope ||
          other.has_dimension != volumes.stages[i].has_dimension)
        continue;
      asked[j] = true;
      together.push_back(&other);
    }
    std::vector<Filter> all = filters;
    for (const auto& [dimension, values] : volumes.stages[i].stage.scope) all.push_back({dimension, values});
    BACKCAST_CHECK(Ask(workspace, ready, volumes.stages[i].has_dimension ? PlainName(by) : "", all, together,
                       volumes.sql));
  }
  // A stage that nobody reported in the period is no stage of it.
  for (const CountedStage& stage : volumes.stages) {
    if (!stage.total.now)
      volumes.left_out.push_back({stage.stage.id, stage.stage.title, "nothing was reported for this period"});
  }
  std::erase_if(volumes.stages, [](const CountedStage& stage) { return !stage.total.now; });
  return volumes;
}

}  // namespace backcast
