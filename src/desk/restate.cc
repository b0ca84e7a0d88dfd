// SPDX-License-Identifier: Apache-2.0
#include "desk/restate.h"

#include <algorithm>
#include <filesystem>
#include <set>
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

/// Changes by the node at which they were made, so that each node finds its own in one look.
class Causes {
 public:
  explicit Causes(const std::vector<PlanChange>& changes) {
    for (const PlanChange& change : changes) {
      sections_.insert(change.section);
      if (change.node.empty()) continue;
      std::string path = change.section + "." + change.node;
      std::vector<std::string>& known = by_node_[path];
      if (!change.key.empty()) path += "." + change.key;
      if (change.key.empty()) path += " (" + std::string(ToWord(change.kind)) + ")";
      known.push_back(std::move(path));
    }
  }

  /// Its own changes, its outcome's and its metric's; then segments and brand as a whole. When none of these
  /// changed, all sections that did: a finding of the doctor takes a verdict for something elsewhere.
  std::vector<std::string> Of(const RestatedNode& node) const {
    std::set<std::string> nodes = {"outcomes." + node.id, "kpis." + node.id};
    for (const ScoreLine* line : {node.before, node.after}) {
      if (line == nullptr) continue;
      nodes.insert("outcomes." + line->parent);
      nodes.insert("custom_metrics." + line->metric);
    }
    std::vector<std::string> causes;
    for (const std::string& name : nodes) {
      const auto found = by_node_.find(name);
      if (found != by_node_.end()) causes.insert(causes.end(), found->second.begin(), found->second.end());
    }
    for (const char* section : {"segments", "brand"}) {
      if (sections_.count(section) > 0) causes.emplace_back(section);
    }
    if (causes.empty()) causes.assign(sections_.begin(), sections_.end());
    return causes;
  }

 private:
  std::unordered_map<std::string, std::vector<std::string>> by_node_;
  std::set<std::string> sections_;
};

}  // namespace

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
    const Causes causes(changes);
    for (RestatedNode& node : restated.nodes) {
      if (node.differs) node.from = causes.Of(node);
    }
    return std::optional<Restated>(std::move(restated));
  }
  return Error{Code::kUnavailable, workspace.folder(), "data kept coming in while the period was measured",
               "ask again when ingest has ended"};
}

}  // namespace backcast
