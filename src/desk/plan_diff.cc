// SPDX-License-Identifier: Apache-2.0
#include "desk/plan_diff.h"

#include <algorithm>
#include <map>

#include "base/number.h"
#include "desk/envelope.h"
#include "desk/plan_ledger.h"
#include "desk/plan_reference.h"
#include "desk/restate.h"
#include "plan/blocks.h"
#include "plan/diff.h"
#include "plan/value_check.h"
#include "report/document.h"
#include "report/hostile.h"
#include "report/phrases.h"
#include "report/width.h"

namespace backcast {
namespace {

/// Everything that either page says.
struct PlanDifference {
  PlanSide before, after;
  Plan plan_before, plan_after;
  std::vector<PlanChange> changes;
  std::vector<PlanReason> reasons;
  std::vector<TargetMove> moves;
  std::optional<Day> moved_on;
  std::optional<Restated> restated;
};

std::optional<Day> SeenOn(const PlanSide& side) {
  if (!side.revision) return std::nullopt;
  const Result<Day> day = ParseIsoDay(side.revision->seen_at.substr(0, 10));
  return day.ok() ? std::optional<Day>(day.value()) : std::nullopt;
}

/// The day on which the later plan says it was revised; the day it was first seen when it names none, or one
/// that cannot be, because the earlier plan was in force later than that or this one was seen before it.
std::optional<Day> MovedOn(const PlanSide& before, const PlanSide& after, const Plan& plan) {
  const std::optional<Day> said = PlanDay(ValueAt(plan.root, "plan.revised_on"));
  const std::optional<Day> last = SeenOn(before), seen = SeenOn(after);
  if (!said) return seen;
  const bool in_order = last && seen && *last <= *seen;
  if (in_order && (*said < *last || *said > *seen)) return seen;
  return said;
}

/// True: easier to reach than before; nothing when the metric has no better side or the target itself stayed.
std::optional<bool> IsEasier(const TargetMove& move, const Workspace& workspace) {
  const Metric* metric = workspace.catalogue().Find(move.metric);
  if (!move.after.target) return true;
  if (metric == nullptr || *move.before.target == *move.after.target) return std::nullopt;
  if (metric->direction == "higher") return *move.after.target < *move.before.target;
  if (metric->direction == "lower") return *move.after.target > *move.before.target;
  return std::nullopt;
}

std::vector<PlanReason> ReasonsFor(const PlanDifference& difference, const std::string& section,
                                   const std::string& node, const std::string& key) {
  std::vector<PlanReason> reasons;
  for (const PlanReason& reason : difference.reasons) {
    if (!reason.because.empty() && Concerns(reason, section, node, key)) reasons.push_back(reason);
  }
  return reasons;
}

// ---------------------------------------------------------------- JSON

Json TextOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json NumberOrNull(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }
Json DayOrNull(const std::optional<Day>& day) { return day ? Json(ToIso(*day)) : Json(nullptr); }
Json LineOrNull(const Place& place) { return place.line > 0 ? Json(place.line) : Json(nullptr); }

Json ToJson(const PlanSide& side, const Plan& plan) {
  const auto text = [&](std::string_view path) {
    const Yaml* value = ValueAt(plan.root, path);
    return value == nullptr ? Json(nullptr) : TextOrNull(value->text);
  };
  return {{"reference", side.reference},
          {"sha256", side.sha256},
          {"revision", side.revision ? Json(side.revision->number) : Json(nullptr)},
          {"first_seen", side.revision ? Json(side.revision->seen_at) : Json(nullptr)},
          {"version", plan.version},
          {"revised_on", text("plan.revised_on")},
          {"revised_by", text("plan.revised_by")},
          {"because", text("plan.revised_because")}};
}

Json ToJson(const std::vector<PlanReason>& reasons) {
  Json list = Json::array();
  for (const PlanReason& reason : reasons) {
    list.push_back({{"version", reason.version},
                    {"date", TextOrNull(reason.date)},
                    {"by", TextOrNull(reason.by)},
                    {"because", TextOrNull(reason.because)}});
  }
  return list;
}

Json ChangesJson(const PlanDifference& difference) {
  Json list = Json::array();
  for (const PlanChange& change : difference.changes) {
    list.push_back({{"kind", ToWord(change.kind)},
                    {"section", change.section},
                    {"node", TextOrNull(change.node)},
                    {"key", TextOrNull(change.key)},
                    {"before", TextOrNull(change.before)},
                    {"after", TextOrNull(change.after)},
                    {"line_before", LineOrNull(change.before_at)},
                    {"line_after", LineOrNull(change.after_at)},
                    {"reasons", ToJson(ReasonsFor(difference, change.section, change.node, change.key))}});
  }
  return list;
}

Json ToJson(const Goal& goal) {
  return {{"baseline", NumberOrNull(goal.baseline)},
          {"target", NumberOrNull(goal.target)},
          {"by", DayOrNull(goal.by)}};
}

Json MovesJson(const PlanDifference& difference, const Workspace& workspace) {
  Json list = Json::array();
  for (const TargetMove& move : difference.moves) {
    const std::optional<bool> easier = IsEasier(move, workspace);
    list.push_back({{"node", move.node},
                    {"before", ToJson(move.before)},
                    {"after", ToJson(move.after)},
                    {"moved_on", DayOrNull(difference.moved_on)},
                    {"judges_from", DayOrNull(move.begins)},
                    {"judges_to", DayOrNull(move.ends)},
                    {"when", ToWord(HindsightOf(move, difference.moved_on))},
                    {"easier", easier ? Json(*easier) : Json(nullptr)},
                    {"reasons", ToJson(ReasonsFor(difference, move.section, move.node, "target"))}});
  }
  return list;
}

/// What the card's own JSON says of each node: value with all that belongs to it, target, verdict.
std::map<std::string, Json> CardNodes(const Scorecard& card) {
  const Json answer = Json::parse(RenderJson(card), nullptr, false);
  std::map<std::string, Json> nodes;
  if (answer.is_discarded()) return nodes;
  for (const Json& metric : answer["data"]["metrics"]) {
    if (!metric["group"].empty()) continue;
    Json node = Json::object();
    for (const char* key : {"metric", "value", "target", "target_by", "verdict", "because"}) {
      if (metric.contains(key)) node[key] = metric[key];
    }
    nodes.emplace(metric["id"].get<std::string>(), std::move(node));
  }
  return nodes;
}

Json RestatedJson(const std::optional<Restated>& restated) {
  if (!restated) return nullptr;
  const auto before = CardNodes(restated->before), after = CardNodes(restated->after);
  const auto of = [](const std::map<std::string, Json>& nodes, const ScoreLine* line) {
    const auto found = line == nullptr ? nodes.end() : nodes.find(line->id);
    return found == nodes.end() ? Json(nullptr) : found->second;
  };
  Json list = Json::array();
  for (const RestatedNode& node : restated->nodes) {
    list.push_back({{"id", node.id},
                    {"before", of(before, node.before)},
                    {"after", of(after, node.after)},
                    {"differs", node.differs},
                    {"from_the_plan", node.from}});
  }
  return {{"same_data", true}, {"loads", restated->loads}, {"nodes", list}};
}

std::string ToJsonText(const PlanDifference& difference, const Workspace& workspace) {
  Json json = Envelope("plan-diff", workspace.name(),
                       {{"before", ToJson(difference.before, difference.plan_before)},
                        {"after", ToJson(difference.after, difference.plan_after)},
                        {"reasons", ToJson(difference.reasons)},
                        {"changes", ChangesJson(difference)},
                        {"targets_moved", MovesJson(difference, workspace)},
                        {"restated", RestatedJson(difference.restated)}});
  if (difference.restated) {
    const Scorecard& card = difference.restated->after;
    json["as_of"] = ToIso(card.as_of);
    json["period"] = {{"from", ToIso(card.period.from)},
                      {"to", ToIso(card.period.to - std::chrono::days{1})}};
  }
  return Dump(json);
}

// ---------------------------------------------------------------- text

constexpr int kWidest = 120;

std::string Short(const std::string& text) { return Truncate(Visible(text), kWidest); }

std::string SideWords(const PlanSide& side, const Plan& plan) {
  std::string words = Short(side.name) + ": version " + std::to_string(plan.version);
  if (const Yaml* day = ValueAt(plan.root, "plan.revised_on"); day != nullptr && !day->text.empty())
    words += ", revised " + Short(day->text);
  if (side.revision) words += ", first seen " + side.revision->seen_at.substr(0, 10);
  return words;
}

std::string ReasonWords(const PlanReason& reason) {
  std::string words = "version " + std::to_string(reason.version);
  if (!reason.date.empty()) words += " of " + reason.date;
  if (!reason.by.empty()) words += " by " + reason.by;
  return Visible(words + ": " + (reason.because.empty() ? "no reason given" : reason.because));
}

std::string ChangeWords(const PlanChange& change) {
  const std::string key = change.key.empty() ? "" : Short(change.key) + ": ";
  switch (change.kind) {
    case PlanChange::Kind::kAdded:
      return "+ " + key + Short(change.after);
    case PlanChange::Kind::kRemoved:
      return "- " + key + Short(change.before);
    case PlanChange::Kind::kChanged:
      return "~ " + key + Short(change.before) + " -> " + Short(change.after);
  }
  return "";
}

std::string ChangesText(const PlanDifference& difference) {
  std::string out, told, told_reasons;
  for (const PlanChange& change : difference.changes) {
    const std::string head = Short(change.section + (change.node.empty() ? "" : " " + change.node));
    if (head != told) {
      out += "\n" + head + "\n";
      told_reasons.clear();
    }
    told = head;
    out += "  " + ChangeWords(change) + "\n";
    std::string because;
    for (const PlanReason& reason : ReasonsFor(difference, change.section, change.node, change.key))
      because += "      " + ReasonWords(reason) + "\n";
    if (because.empty()) because = "      no reason given\n";
    if (because != told_reasons) out += because;
    told_reasons = because;
  }
  return out;
}

std::string GoalWords(const Goal& goal) {
  std::string words = goal.target ? FormatNumber(*goal.target, "count", false) : "no target";
  if (goal.by) words += " by " + ToIso(*goal.by);
  if (goal.baseline) words += " (from " + FormatNumber(*goal.baseline, "count", false) + ")";
  return words;
}

std::string HindsightWords(const TargetMove& move, const std::optional<Day>& on) {
  switch (HindsightOf(move, on)) {
    case Hindsight::kUnknown:
      return "whether the days it judges had begun is not known";
    case Hindsight::kBefore:
      return "before the days it judges, which begin " + ToIso(*move.begins);
    case Hindsight::kBegun:
      return "AFTER the days it judges had begun on " + ToIso(*move.begins);
    case Hindsight::kEnded:
      return "AFTER the days it judges had ended on " + ToIso(*move.ends);
  }
  return "";
}

std::string MovesText(const PlanDifference& difference, const Workspace& workspace) {
  if (difference.moves.empty()) return "";
  std::string out = "\nTargets moved\n";
  for (const TargetMove& move : difference.moves) {
    const std::optional<bool> easier = IsEasier(move, workspace);
    out += "  " + Short(move.node) + ": " + GoalWords(move.before) + " -> " + GoalWords(move.after);
    if (easier) out += *easier ? ", easier" : ", harder";
    out += "\n    moved " +
           (difference.moved_on ? "on " + ToIso(*difference.moved_on) + ", " : std::string()) +
           HindsightWords(move, difference.moved_on) + "\n";
  }
  return out;
}

std::string NodeCell(const ScoreLine* line) {
  if (line == nullptr) return "not in this plan";
  std::string cell = ValuePhrase(line->value, true);
  if (line->verdict != Verdict::kNone) cell += " " + VerdictPhrase(line->verdict);
  return cell;
}

std::string RestatedText(const PlanDifference& difference) {
  if (!difference.restated)
    return "\nThe workspace has no data yet, so there is no period to measure again.\n";
  const Restated& restated = *difference.restated;
  std::string out = "\n" + ToWords(restated.after.period) + " under both plans\n";
  std::size_t differing = 0;
  for (const RestatedNode& node : restated.nodes) {
    differing += node.differs ? 1 : 0;
    out += std::string(node.differs ? "~ " : "  ") + Pad(Visible(node.id), 24) + " " +
           Pad(NodeCell(node.before), 26) + " " + NodeCell(node.after) + "\n";
    if (node.from.empty()) continue;
    std::string from;
    for (const std::string& cause : node.from) from += (from.empty() ? "" : ", ") + cause;
    out += "      from the plan: " + Short(from) + "\n";
  }
  const auto files = static_cast<std::int64_t>(restated.loads);
  out += "Both columns are measured in the same data (" + Counted(files, "load") + ", to " +
         ToIso(restated.after.as_of) + "), so ";
  out += differing == 0 ? "the change of the plan moves no value and no verdict.\n"
                        : "every difference comes from the plan and none from the world.\n";
  return out;
}

std::string ToText(const PlanDifference& difference, const Workspace& workspace) {
  std::string out = SideWords(difference.before, difference.plan_before) + "\n" +
                    SideWords(difference.after, difference.plan_after) + "\n";
  if (difference.changes.empty()) out += "\nNothing changed beside what the plan says of its own revision.\n";
  if (!difference.reasons.empty()) out += "\nWhy\n";
  for (const PlanReason& reason : difference.reasons) out += "  " + ReasonWords(reason) + "\n";
  return out + ChangesText(difference) + MovesText(difference, workspace) + RestatedText(difference);
}

}  // namespace

Result<Answer> DiffPlans(const Workspace& workspace, const PlanDiffOptions& options, Day today, Talk& talk) {
  RecordPlan(workspace, talk);
  PlanDifference difference;
  BACKCAST_TRY(difference.before, FindPlan(workspace, options.before));
  const std::string own = workspace.PathOf("plan.yaml");
  BACKCAST_TRY(difference.after, FindPlan(workspace, options.after.empty() ? own : options.after));
  if (options.after.empty()) difference.after.reference = difference.after.name = "plan.yaml";
  for (const auto& [side, plan] : {std::pair(&difference.before, &difference.plan_before),
                                   std::pair(&difference.after, &difference.plan_after)}) {
    BACKCAST_TRY(PlanReading reading, ReadPlan(side->text, side->name, workspace.catalogue()));
    *plan = std::move(reading.plan);
  }
  difference.changes = Differences(difference.plan_before, difference.plan_after);
  difference.reasons = ReasonsBetween(difference.plan_before, difference.plan_after);
  difference.moves = TargetMoves(difference.plan_before, difference.plan_after);
  difference.moved_on = MovedOn(difference.before, difference.after, difference.plan_after);
  BACKCAST_TRY(difference.restated, RestatePeriod(workspace, difference.before, difference.after,
                                                  difference.changes, options.period, today, talk));
  return Answer{
      options.format == Format::kJson ? ToJsonText(difference, workspace) : ToText(difference, workspace),
      false};
}

}  // namespace backcast
