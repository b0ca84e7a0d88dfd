// SPDX-License-Identifier: Apache-2.0
#include "journey/stage_list.h"

#include <set>

#include "base/embedded.h"

namespace backcast {
namespace {

constexpr std::string_view kShipped = "journey/stages.yaml";

Error Fault(std::string_view file, const Place& place, std::string what, std::string hint) {
  return {Code::kInput, At(file, place), std::move(what), std::move(hint)};
}

StageCount ReadCount(const Yaml& node) { return {node.Text("metric"), node.Text("counts")}; }

Result<JourneyStage> ReadStage(const Yaml& node, std::string_view file) {
  JourneyStage stage;
  stage.place = node.place;
  stage.id = node.Text("id");
  stage.title = node.Text("title", stage.id);
  if (stage.id.empty())
    return Fault(file, node.place, "the stage has no id", "for example {id: visit, metric: sessions}");
  for (const Yaml& one : node.Items("any")) stage.any.push_back(ReadCount(one));
  if (StageCount own = ReadCount(node); !own.metric.empty() || !own.formula.empty()) stage.any.push_back(own);
  if (stage.any.empty())
    return Fault(file, node.place, "stage '" + stage.id + "' says not what it counts",
                 "give it a metric, or counts: with a formula");
  stage.of = node.Texts("of");
  if (const Yaml* scope = node.Find("scope"); scope != nullptr && scope->IsMap()) {
    for (const Yaml::Entry& entry : scope->entries) stage.scope.emplace_back(entry.key, entry.value.Texts());
  }
  return stage;
}

FollowedCohort ReadFollowed(const Yaml& node) {
  FollowedCohort cohort{.id = node.Text("id"),
                        .title = node.Text("title"),
                        .fact = node.Text("fact"),
                        .where = node.Text("where"),
                        .start = node.Texts("start"),
                        .first_of = node.Text("first_of"),
                        .not_first = node.Text("not_first"),
                        .steps = {}};
  for (const Yaml& step : node.Items("steps")) {
    cohort.steps.push_back({step.Text("id"), step.Text("title"), step.Texts("at"), step.Flag("next"),
                            step.Number("within", 30)});
  }
  return cohort;
}

}  // namespace

Result<std::vector<JourneyStage>> ReadStages(const Yaml& journey, std::string_view file) {
  std::vector<JourneyStage> stages;
  std::set<std::string> known;
  for (const Yaml& node : journey.Items("stages")) {
    BACKCAST_TRY(JourneyStage stage, ReadStage(node, file));
    for (const std::string& earlier : stage.of) {
      if (known.contains(earlier)) continue;
      return Fault(file, node.place,
                   "stage '" + stage.id + "' is taken of '" + earlier + "', which stands not before it",
                   "stages go from first contact to last");
    }
    if (!known.insert(stage.id).second)
      return Fault(file, node.place, "there are two stages '" + stage.id + "'", "ids differ from each other");
    if (stage.of.empty() && !stages.empty() && node.Find("of") == nullptr && node.Find("any") == nullptr)
      stage.of = {stages.back().id};
    stages.push_back(std::move(stage));
  }
  return stages;
}

Result<StageList> ShippedStages() {
  const auto text = Embedded(kShipped);
  if (!text) return Error{Code::kInternal, std::string(kShipped), "the stages are not in the program", ""};
  BACKCAST_TRY(const Yaml root, ParseYaml(*text, kShipped));
  StageList list;
  BACKCAST_TRY(list.stages, ReadStages(root, kShipped));
  for (const Yaml& node : root.Items("cohorts")) list.cohorts.push_back(ReadFollowed(node));
  return list;
}

}  // namespace backcast
