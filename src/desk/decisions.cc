// SPDX-License-Identifier: Apache-2.0
#include "desk/decisions.h"

#include <algorithm>

#include "base/nearest.h"
#include "desk/envelope.h"
#include "desk/instant.h"
#include "desk/signature.h"
#include "plan/blocks.h"
#include "report/hostile.h"
#include "report/phrases.h"

namespace backcast {
namespace {

std::vector<std::string> NodesOf(const Plan& plan) {
  std::vector<std::string> ids;
  const auto add = [&](const auto& nodes) {
    for (const auto& node : nodes) ids.push_back(node.id);
  };
  add(plan.objectives);
  add(plan.outcomes);
  add(plan.kpis);
  add(plan.tactics);
  return ids;
}

Json ToJson(const ScoreDecision& decision) {
  const auto text = [](const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); };
  return {{"date", text(decision.date)},
          {"node", text(decision.node)},
          {"seen", text(decision.seen)},
          {"decided", text(decision.decided)},
          {"by", text(decision.by)}};
}

std::string ToText(const ScoreDecision& decision) {
  std::string text = decision.date + (decision.node.empty() ? "" : " " + decision.node) +
                     (decision.by.empty() ? "" : " (" + decision.by + ")");
  text = Visible(text) + "\n";
  if (!decision.seen.empty()) text += "  seen: " + Visible(decision.seen) + "\n";
  return text + "  decided: " + Visible(decision.decided) + "\n";
}

bool IsNewer(const ScoreDecision& a, const ScoreDecision& b) { return a.date > b.date; }

/// Comes in: the order in which they were written down, which decides within one day.
void SortNewestFirst(std::vector<ScoreDecision>& decisions) {
  std::reverse(decisions.begin(), decisions.end());
  std::stable_sort(decisions.begin(), decisions.end(), IsNewer);
}

Result<Done> CheckNode(const Workspace& workspace, const std::string& node) {
  BACKCAST_CHECK(workspace.NeedPlan());
  const std::vector<std::string> known = NodesOf(*workspace.plan());
  if (std::find(known.begin(), known.end(), node) != known.end()) return Done{};
  const std::string hint = DidYouMean(node, known);
  return Error{Code::kUsage, "", "the plan has no objective, outcome, KPI or tactic '" + node + "'",
               hint.empty() ? "backcast score names them" : hint};
}

}  // namespace

Result<Answer> Decide(const Workspace& workspace, const DecideCommand& command, Day today) {
  BACKCAST_CHECK(CheckNode(workspace, command.node));
  KeptDecision decision;
  decision.node = command.node;
  BACKCAST_TRY(decision.seen,
               KeptSentence(command.seen, "--seen",
                            "a decision is read beside the number that led to it: --seen \"…\""));
  BACKCAST_TRY(const std::string decided,
               KeptSentence(command.decided, "--decided", "say what follows: --decided \"…\""));
  decision.decided = decided;
  BACKCAST_TRY(const Signature signature, Sign(command.by, decided, today, ""));
  decision.by = signature.by;
  decision.by_from = signature.by_from;
  decision.at = InstantNow();
  BACKCAST_CHECK(workspace.OpenState().Decide(decision));
  const ScoreDecision kept{decision.at.substr(0, 10), decision.node, decision.seen, decision.decided,
                           decision.by};
  if (command.format == Format::kJson)
    return Answer{Dump(Envelope("decide", workspace.name(), ToJson(kept))), false};
  return Answer{ToText(kept) + "Signed by " + Visible(SignerWords(signature)) +
                    "; backcast decisions lists them, and the report shows the newest.\n",
                false};
}

std::vector<ScoreDecision> PlanDecisions(const Plan& plan) {
  std::vector<ScoreDecision> decisions;
  for (const Yaml* item : Blocks(plan.root, "review.decisions")) {
    decisions.push_back(
        {item->Text("date"), item->Text("kpi"), item->Text("seen"), item->Text("decided"), item->Text("by")});
  }
  SortNewestFirst(decisions);
  return decisions;
}

Result<std::vector<ScoreDecision>> AllDecisions(const Workspace& workspace) {
  std::vector<ScoreDecision> decisions;
  BACKCAST_TRY(const std::vector<KeptDecision> kept, workspace.OpenState().Decisions());
  for (const KeptDecision& decision : kept) {
    decisions.push_back(
        {decision.at.substr(0, 10), decision.node, decision.seen, decision.decided, decision.by});
  }
  SortNewestFirst(decisions);
  if (workspace.plan()) {
    const std::vector<ScoreDecision> own = PlanDecisions(*workspace.plan());
    decisions.insert(decisions.end(), own.begin(), own.end());
    std::stable_sort(decisions.begin(), decisions.end(), IsNewer);
  }
  return decisions;
}

Result<Answer> ListDecisions(const Workspace& workspace, Format format) {
  if (workspace.plan_error()) return *workspace.plan_error();
  BACKCAST_TRY(const std::vector<ScoreDecision> decisions, AllDecisions(workspace));
  Answer answer;
  if (format == Format::kJson) {
    Json list = Json::array();
    for (const ScoreDecision& decision : decisions) list.push_back(ToJson(decision));
    answer.out = Dump(Envelope("decisions", workspace.name(), {{"decisions", list}}));
    return answer;
  }
  for (const ScoreDecision& decision : decisions) answer.out += ToText(decision);
  if (decisions.empty())
    answer.out = "Nothing was decided yet; backcast decide NODE --seen \"…\" --decided \"…\" keeps it.\n";
  return answer;
}

}  // namespace backcast
