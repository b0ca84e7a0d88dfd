// SPDX-License-Identifier: Apache-2.0
#include "desk/restate.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "desk/score.h"

namespace backcast {
namespace {

/// What tells one state of the lake from another.
struct LakeMark {
  std::size_t loads = 0;
  std::int64_t newest = 0;
  bool operator==(const LakeMark&) const = default;
};

Result<LakeMark> MarkOf(const Workspace& workspace) {
  const std::string folder = workspace.PathOf(".backcast/lake");
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) return LakeMark{};
  BACKCAST_TRY(const Lake lake, Lake::Open(folder, workspace.schemas()));
  BACKCAST_TRY(const std::vector<LoadRecord> loads, lake.Loads());
  return LakeMark{loads.size(), loads.empty() ? 0 : loads.back().load_id};
}

Result<Scorecard> CardUnder(const Workspace& workspace, const PlanSide& side, const std::string& period,
                            Day today, Talk& talk) {
  BACKCAST_TRY(Workspace other, workspace.WithPlan(side.text, side.name));
  ScoreOptions options;
  options.period = period;
  Result<Scorecard> card = MakeScorecard(other, options, today, talk);
  talk.Watch(nullptr);  // the engine ends with this function
  return card;
}

bool IsTotal(const ScoreLine& line) { return line.group.empty() && !line.metric.empty(); }

bool Differ(const ScoreLine& a, const ScoreLine& b) {
  return a.metric != b.metric || a.value.state != b.value.state || a.value.value != b.value.value ||
         a.target != b.target || a.target_by != b.target_by || a.verdict != b.verdict;
}

std::vector<RestatedNode> NodesOf(const Scorecard& before, const Scorecard& after) {
  std::unordered_map<std::string_view, const ScoreLine*> earlier;
  for (const ScoreLine& line : before.lines) {
    if (IsTotal(line)) earlier.emplace(line.id, &line);
  }
  std::vector<RestatedNode> nodes;
  for (const ScoreLine& line : after.lines) {
    if (!IsTotal(line)) continue;
    RestatedNode node{line.id, nullptr, &line, true, {}};
    const auto found = earlier.find(line.id);
    if (found != earlier.end()) {
      node.before = found->second;
      node.differs = Differ(*node.before, line);
      earlier.erase(found);
    }
    nodes.push_back(std::move(node));
  }
  for (const ScoreLine& line : before.lines) {
    const auto left = earlier.find(line.id);
    if (left != earlier.end() && left->second == &line) nodes.push_back({line.id, &line, nullptr, true, {}});
  }
  return nodes;
}

}  // namespace

std::vector<std::string> CausesOf(const RestatedNode& node, const std::vector<PlanChange>& changes) {
  const auto is_metric = [&](const std::string& id) {
    return (node.before != nullptr && node.before->metric == id) ||
           (node.after != nullptr && node.after->metric == id);
  };
  const auto is_parent = [&](const std::string& id) {
    return (node.before != nullptr && node.before->parent == id) ||
           (node.after != nullptr && node.after->parent == id);
  };
  std::vector<std::string> causes, others;
  for (const PlanChange& change : changes) {
    std::string path = change.section;
    for (const std::string* part : {&change.node, &change.key}) {
      if (!part->empty()) path += "." + *part;
    }
    if (change.kind != PlanChange::Kind::kChanged && change.key.empty())
      path += " (" + std::string(ToWord(change.kind)) + ")";
    const bool own = change.node == node.id && (change.section == "kpis" || change.section == "outcomes");
    const bool near = (change.section == "outcomes" && is_parent(change.node)) ||
                      (change.section == "custom_metrics" && is_metric(change.node)) ||
                      change.section == "segments" || change.section == "brand";
    (own || near ? causes : others).push_back(std::move(path));
  }
  // A finding of the doctor takes a verdict because of something elsewhere in the plan.
  return causes.empty() ? others : causes;
}

Result<std::optional<Restated>> RestatePeriod(const Workspace& workspace, const PlanSide& before,
                                              const PlanSide& after, const std::vector<PlanChange>& changes,
                                              const std::string& period, Day today, Talk& talk) {
  constexpr int kAttempts = 3;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    BACKCAST_TRY(const LakeMark mark, MarkOf(workspace));
    if (mark.loads == 0) return std::optional<Restated>();
    Restated restated;
    BACKCAST_TRY(restated.before, CardUnder(workspace, before, period, today, talk));
    const std::string same =
        ToIso(restated.before.period.from) + ".." + ToIso(restated.before.period.to - std::chrono::days{1});
    BACKCAST_TRY(restated.after, CardUnder(workspace, after, same, today, talk));
    BACKCAST_TRY(const LakeMark now, MarkOf(workspace));
    if (!(now == mark)) continue;
    restated.loads = mark.loads;
    restated.nodes = NodesOf(restated.before, restated.after);
    for (RestatedNode& node : restated.nodes) {
      if (node.differs) node.from = CausesOf(node, changes);
    }
    return std::optional<Restated>(std::move(restated));
  }
  return Error{Code::kUnavailable, workspace.folder(), "data kept coming in while the period was measured",
               "ask again when ingest has ended"};
}

}  // namespace backcast
