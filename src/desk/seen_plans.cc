// SPDX-License-Identifier: Apache-2.0
#include "desk/seen_plans.h"

#include <map>

#include "plan/blocks.h"
#include "plan/diff.h"
#include "plan/rulebook.h"

namespace backcast {

std::vector<SeenPlan> SeenPlans(const Workspace& workspace, Talk& talk) {
  std::vector<SeenPlan> plans;
  WorkspaceState state = workspace.OpenState();
  const auto revisions = state.Revisions();
  if (!revisions.ok()) {
    talk.Say("whether targets or segments were changed cannot be told: " + ToSentence(revisions.error()));
    return plans;
  }
  for (const PlanRevision& revision : revisions.value()) {
    const auto text = state.PlanText(revision.sha256);
    const auto seen = ParseIsoDay(revision.seen_at.substr(0, 10));
    if (!text.ok() || !seen.ok()) continue;
    auto reading = ReadPlan(text.value(), workspace.plan()->file, workspace.catalogue());
    if (!reading.ok()) continue;
    const auto revised = ParseIsoDay(revision.revised_on);
    plans.push_back(
        {seen.value(), revised.ok() ? revised.value() : seen.value(), std::move(reading).value().plan});
  }
  return plans;
}

std::vector<Finding> MovedTargets(const Workspace& workspace, const std::vector<SeenPlan>& plans) {
  std::vector<Finding> findings;
  for (std::size_t i = 1; i < plans.size(); ++i) {
    for (const TargetMove& move : TargetMoves(plans[i - 1].plan, plans[i].plan)) {
      const Hindsight hindsight = HindsightOf(move, plans[i].seen);
      if (hindsight != Hindsight::kBegun && hindsight != Hindsight::kEnded) continue;
      const Outcome* outcome = workspace.plan()->FindOutcome(move.node);
      const Kpi* kpi = workspace.plan()->FindKpi(move.node);
      if (outcome == nullptr && kpi == nullptr) continue;
      findings.push_back(Say(Rulebook::Shipped().Find("G04"), {move.node, ToIso(plans[i].seen), "", ""},
                             workspace.plan()->file, outcome != nullptr ? outcome->place : kpi->place,
                             move.node));
    }
  }
  return findings;
}

std::vector<SegmentMix> MixedSegments(const std::vector<SeenPlan>& plans, const Window& period) {
  std::map<std::string, SegmentMix> mixes;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const bool over_before = i + 1 < plans.size() && plans[i + 1].holds_from <= period.from;
    if (over_before || plans[i].holds_from >= period.to) continue;
    for (const Yaml* segment : Blocks(plans[i].plan.root, "segments")) {
      const Yaml* said = segment->Find("version");
      const int version = said == nullptr ? 1 : static_cast<int>(said->Number().value_or(1));
      SegmentMix& mix = mixes[std::string(segment->Text("id"))];
      if (mix.first_version == 0) mix.first_version = version;
      mix.last_version = version;
    }
  }
  std::vector<SegmentMix> found;
  for (auto& [id, mix] : mixes) {
    mix.segment = id;
    if (mix.first_version != mix.last_version) found.push_back(std::move(mix));
  }
  return found;
}

}  // namespace backcast
