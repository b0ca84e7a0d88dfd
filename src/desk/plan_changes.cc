// SPDX-License-Identifier: Apache-2.0
#include "desk/plan_changes.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/sha256.h"
#include "plan/diff.h"
#include "plan/rulebook.h"
#include "report/width.h"

namespace backcast {
namespace {

constexpr std::string_view kMayComeFrom =
    "; a difference from what was reported before may come from the plan";

/// Keys of an outcome or KPI on which its number or its verdict hangs.
bool Matters(const std::string& key) {
  static constexpr std::string_view kKeys[] = {"",     "metric", "scope",    "segment",
                                               "unit", "target", "baseline", "attribution"};
  const std::string first = key.substr(0, key.find('.'));
  return std::find(std::begin(kKeys), std::end(kKeys), first) != std::end(kKeys);
}

std::string_view SectionOf(const ScoreLine& line) {
  return line.kind == NodeKind::kOutcome ? "outcomes" : "kpis";
}

bool IsMeasured(const ScoreLine& line) {
  return line.group.empty() && !line.metric.empty() &&
         (line.kind == NodeKind::kOutcome || line.kind == NodeKind::kKpi);
}

std::string ReasonWords(const PlanReason& reason) {
  constexpr int kLongest = 300;
  std::string because = Truncate(reason.because, kLongest);
  if (because.ends_with('.')) because.pop_back();
  return "version " + std::to_string(reason.version) + (reason.date.empty() ? "" : " of " + reason.date) +
         (because.empty() ? ", no reason given" : ", because: " + because);
}

/// The revision that was in force when the period began, else the first on record; nullptr when there is
/// none. `covers`: it was seen no later than that day.
const PlanRevision* InForce(const std::vector<PlanRevision>& revisions, Day begin, bool& covers) {
  const std::string day = ToIso(begin);
  const PlanRevision* found = revisions.empty() ? nullptr : &revisions.front();
  for (const PlanRevision& revision : revisions) {
    if (revision.seen_at.substr(0, 10) <= day) found = &revision;
  }
  covers = found != nullptr && found->seen_at.substr(0, 10) <= day;
  return found;
}

class Notes {
 public:
  Notes(const Workspace& workspace, Scorecard& card) : plan_(*workspace.plan()), card_(card) {}

  /// What differs between a plan on record and the present one; `since` names the day for the sentence.
  void FromRecord(const Plan& before, const std::string& since) {
    since_ = since;
    const std::vector<PlanReason> reasons = ReasonsBetween(before, plan_);
    std::map<std::string, std::set<std::string>> segments_of;
    for (const Kpi& kpi : plan_.kpis) segments_of[kpi.id] = {kpi.segments.begin(), kpi.segments.end()};
    std::map<std::string, std::vector<const PlanChange*>> by_node;
    const std::vector<PlanChange> changes = Differences(before, plan_);
    for (const PlanChange& change : changes) {
      if (!change.node.empty()) by_node[change.section + "." + change.node].push_back(&change);
    }
    for (ScoreLine& line : card_.lines) {
      if (!IsMeasured(line)) continue;
      std::vector<const PlanChange*> found;
      for (const PlanChange* change : by_node[std::string(SectionOf(line)) + "." + line.id]) {
        if (Matters(change->key)) found.push_back(change);
      }
      for (const PlanChange* change : by_node["custom_metrics." + line.metric]) found.push_back(change);
      for (const std::string& segment : segments_of[line.id]) {
        for (const PlanChange* change : by_node["segments." + segment]) {
          if (change->key.empty() || change->key == "rule") found.push_back(change);
        }
      }
      if (!found.empty()) Add(line, found, reasons);
    }
  }

  /// What the changelog says of days from which no plan is on record: behind `begin`, up to `seen`.
  void FromChangelog(Day begin, const std::string& seen) {
    const std::string from = ToIso(begin);
    for (const PlanReason& reason : ReasonsOf(plan_)) {
      if (reason.date <= from || (!seen.empty() && reason.date > seen)) continue;
      for (ScoreLine& line : card_.lines) {
        if (!IsMeasured(line) || !Names(reason, line)) continue;
        line.notes.push_back("the plan changed this line in " + ReasonWords(reason) +
                             std::string(kMayComeFrom) + " and not from the world");
      }
    }
  }

 private:
  static bool Names(const PlanReason& reason, const ScoreLine& line) {
    return std::any_of(reason.changed.begin(), reason.changed.end(), [&](const std::string& word) {
      const std::string node = std::string(SectionOf(line)) + "." + line.id;
      return word == "all" || word == SectionOf(line) || word == line.id || word == node ||
             (word.starts_with(node + ".") && Matters(word.substr(node.size() + 1)));
    });
  }

  void Add(ScoreLine& line, const std::vector<const PlanChange*>& changes,
           const std::vector<PlanReason>& reasons) {
    std::string what, why;
    for (const PlanChange* change : changes) {
      if (!what.empty()) what += ", ";
      const bool own = change->node == line.id && change->section == SectionOf(line);
      const std::string name =
          own ? change->key : change->node + (change->key.empty() ? "" : " " + change->key);
      if (own && change->key.empty()) {
        what += "this line is new";
      } else if (change->kind == PlanChange::Kind::kAdded) {
        what += name + " is now " + Shortened(change->after);
      } else if (change->kind == PlanChange::Kind::kRemoved) {
        what += name + " is no longer " + Shortened(change->before);
      } else {
        what += name + " " + Shortened(change->before) + " → " + Shortened(change->after);
      }
    }
    for (const PlanReason& reason : reasons) {
      const bool concerns = std::any_of(changes.begin(), changes.end(), [&](const PlanChange* change) {
        return Concerns(reason, change->section, change->node, change->key);
      });
      if (concerns) why += (why.empty() ? "" : "; ") + ReasonWords(reason);
    }
    if (why.empty()) why = "version " + std::to_string(plan_.version) + ", no reason given";
    line.notes.push_back("the plan changed since " + since_ + ": " + what + " (" + why + ")" +
                         std::string(kMayComeFrom) + " and not from the world");
  }

  const Plan& plan_;
  Scorecard& card_;
  std::string since_;
};

}  // namespace

void NotePlanChanges(const Workspace& workspace, Scorecard& card, Talk& talk) {
  if (!workspace.has_own_plan() || card.compare.days() == 0) return;
  WorkspaceState state = workspace.OpenState();
  const Result<std::vector<PlanRevision>> revisions = state.Revisions();
  if (!revisions.ok())
    talk.Say("earlier plans cannot be compared with this one: " + ToSentence(revisions.error()));
  static const std::vector<PlanRevision> kNone;
  bool covers = false;
  const PlanRevision* base = InForce(revisions.ok() ? revisions.value() : kNone, card.compare.from, covers);
  Notes notes(workspace, card);
  if (!covers)
    notes.FromChangelog(card.compare.from, base == nullptr ? std::string() : base->seen_at.substr(0, 10));
  if (base == nullptr || base->sha256 == Sha256Hex(workspace.plan_text())) return;
  const Result<std::string> text = state.PlanText(base->sha256);
  const Result<PlanReading> reading = text.ok() ? ReadPlan(text.value(), "plan.yaml", workspace.catalogue())
                                                : Result<PlanReading>(text.error());
  if (!reading.ok()) return talk.Say("an earlier plan cannot be read: " + ToSentence(reading.error()));
  notes.FromRecord(reading.value().plan,
                   covers ? ToWords(card.compare) + " began" : base->seen_at.substr(0, 10));
}

}  // namespace backcast
