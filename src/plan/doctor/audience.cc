// SPDX-License-Identifier: Apache-2.0
// Rules about segments: who they are, how a computer knows them, what they do.
#include <algorithm>

#include "plan/blocks.h"
#include "plan/doctor/examination.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

/// P36: nearly all fields of the empathy map are filled.
void OnlyAName(const Examination& seen, const Rule& rule, const Report& report) {
  const WordSet fields = rule.Words("fields");
  for (const Yaml* segment : Blocks(seen.plan.root, "segments")) {
    const Yaml* empathy = segment->Find("empathy");
    const auto filled = std::count_if(fields.begin(), fields.end(), [empathy](const std::string& field) {
      return empathy != nullptr && !IsEmpty(empathy->Find(field));
    });
    if (static_cast<double>(filled) >= rule.Number("least", 5)) continue;
    report({NameOf(*segment, "segment"), "", "", ""}, PlaceOf(*segment, "empathy"), "");
  }
}

/// P37: every segment has a rule, and one of them is the target.
void CannotBeMeasured(const Examination& seen, const Rule&, const Report& report) {
  bool all_have_rules = true, has_target = false;
  for (const Yaml* segment : Blocks(seen.plan.root, "segments")) {
    const Yaml* is_target = segment->Find("is_target");
    has_target |= is_target != nullptr && is_target->Boolean().value_or(false);
    if (!IsEmpty(segment->Find("rule"))) continue;
    all_have_rules = false;
    report({NameOf(*segment, "segment"), "", "", ""}, segment->place, "");
  }
  if (all_have_rules && !has_target) report({"", "", "", "nobody"}, PlaceOf(seen.plan.root, "segments"), "");
}

/// The largest part of the tactic's segments that does what it asks for; nothing when no segment says.
std::optional<double> LargestPart(const std::vector<const Yaml*>& segments, const std::string& rung) {
  std::optional<double> largest;
  for (const Yaml* segment : segments) {
    const Yaml* activities = segment->Find("activities");
    const std::optional<double> part = FiniteNumber(activities == nullptr ? nullptr : activities->Find(rung));
    if (part && (!largest || *part > *largest)) largest = part;
  }
  return largest;
}

/// P39: a tactic asks for what enough of its segment does.
void AsksTooMuch(const Examination& seen, const Rule& rule, const Report& report) {
  std::unordered_map<std::string, const Yaml*> by_id;
  for (const Yaml* segment : Blocks(seen.plan.root, "segments")) by_id.emplace(segment->Text("id"), segment);
  for (const auto& tactic : seen.tactics) {
    const std::string rung = tactic.yaml.Text("asks_for");
    std::vector<const Yaml*> segments;
    for (const Yaml* id : ScalarsOf(tactic.yaml.Find("segments"))) {
      const auto found = by_id.find(id->text);
      if (found != by_id.end()) segments.push_back(found->second);
    }
    const std::optional<double> part = LargestPart(segments, rung);
    if (rung.empty() || !part || *part >= rule.Number("share", 0.1)) continue;
    report({NameOf(tactic.yaml, "tactic"), Shortened(rung), "", ""}, PlaceOf(tactic.yaml, "asks_for"),
           tactic.node.id);
  }
}

/// P40: where opt-ins are an outcome, a tactic that moves one of their KPIs ends in a confirmed opt-in.
void NoHonestPath(const Examination& seen, const Rule& rule, const Report& report) {
  const WordSet metrics = rule.Words("metrics"), bad_sources = rule.Words("sources");
  std::vector<const Seen<Outcome>*> wanted;
  std::unordered_set<std::string_view> outcomes, kpis;
  for (const auto& outcome : seen.outcomes) {
    if (metrics.count(outcome.node.metric) == 0) continue;
    wanted.push_back(&outcome);
    outcomes.insert(outcome.node.id);
  }
  for (const auto& kpi : seen.kpis) {
    if (outcomes.count(kpi.node.outcome) > 0) kpis.insert(kpi.node.id);
  }
  for (const auto& tactic : seen.tactics) {
    const Yaml* twice = ValueAt(tactic.yaml, "opt_in.double");
    const Yaml* source = ValueAt(tactic.yaml, "opt_in.source");
    const bool honest = twice != nullptr && twice->Boolean().value_or(false) && !IsEmpty(source) &&
                        bad_sources.count(source->text) == 0;
    const auto& moves = tactic.node.moves;
    const auto leads = [&kpis](const std::string& id) { return kpis.count(id) > 0; };
    if (honest && std::any_of(moves.begin(), moves.end(), leads)) return;
  }
  for (const Seen<Outcome>* outcome : wanted) {
    report({NameOf(outcome->yaml, "outcome"), "", "", ""}, PlaceOf(outcome->yaml, "metric"),
           outcome->node.id);
  }
}

constexpr RuleRow kRules[] = {
    {"P36", OnlyAName}, {"P37", CannotBeMeasured}, {"P39", AsksTooMuch}, {"P40", NoHonestPath}};

}  // namespace

std::span<const RuleRow> AudienceRules() { return kRules; }

}  // namespace backcast
