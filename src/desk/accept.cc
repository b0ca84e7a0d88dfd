// SPDX-License-Identifier: Apache-2.0
#include "desk/accept.h"

#include <algorithm>
#include <set>

#include "base/nearest.h"
#include "base/number.h"
#include "desk/data_picture.h"
#include "desk/envelope.h"
#include "desk/signature.h"
#include "plan/rulebook.h"
#include "report/hostile.h"
#include "report/phrases.h"

namespace backcast {
namespace {

std::string NameOf(const AcceptedFinding& note) {
  return note.rule + (note.node.empty() ? "" : " " + note.node);
}

std::string ToLine(const AcceptedFinding& note, const std::string& day) {
  const Signature& accepted = note.accepted;
  std::string line = NameOf(note) + ": " +
                     AcceptedPhrase({accepted.because, SignerWords(accepted), accepted.on, note.until});
  if (!note.withdrawn.by.empty()) {
    line += " [withdrawn by " + SignerWords(note.withdrawn) + " on " + note.withdrawn.on + ": " +
            note.withdrawn.because + "]";
  } else if (!note.HoldsOn(day)) {
    line += " [past: the finding counts again]";
  }
  return Visible(line) + "\n";
}

Json ToJson(const Signature& signature) {
  return {{"by", signature.by},
          {"by_from", signature.by_from},
          {"on", signature.on},
          {"because", signature.because}};
}

Json ToJson(const AcceptedFinding& note, const std::string& day) {
  Json json = {{"rule", note.rule}, {"node", note.node.empty() ? Json(nullptr) : Json(note.node)}};
  json.update(ToJson(note.accepted));
  json["until"] = note.until.empty() ? Json(nullptr) : Json(note.until);
  json["plan_version"] = note.plan_version;
  json["holds"] = note.HoldsOn(day);
  json["withdrawn"] = note.withdrawn.by.empty() ? Json(nullptr) : ToJson(note.withdrawn);
  return json;
}

Answer Listed(const Workspace& workspace, const std::vector<AcceptedFinding>& notes,
              const AcceptCommand& command, const std::string& day, const std::string& last) {
  Answer answer;
  if (command.format == Format::kJson) {
    Json list = Json::array();
    for (const AcceptedFinding& note : notes) list.push_back(ToJson(note, day));
    answer.out = Dump(Envelope("check", workspace.name(), {{"file", "plan.yaml"}, {"accepted", list}}));
    return answer;
  }
  for (const AcceptedFinding& note : notes) answer.out += ToLine(note, day);
  answer.out += last;
  return answer;
}

/// Every rule there is and every rule that speaks now.
std::vector<std::string> KnownRules(const std::vector<Finding>& findings) {
  std::set<std::string> ids;
  for (const Rule& rule : Rulebook::Shipped().all()) ids.insert(rule.id);
  for (const Finding& finding : findings) ids.insert(finding.rule);
  return {ids.begin(), ids.end()};
}

Result<Done> CheckRule(const std::string& rule, const std::vector<Finding>& findings) {
  const std::vector<std::string> known = KnownRules(findings);
  if (std::find(known.begin(), known.end(), rule) != known.end()) return Done{};
  const std::string hint = DidYouMean(rule, known);
  return Error{Code::kUsage, "", "the doctor has no rule '" + rule + "'",
               hint.empty() ? "backcast check names the rule of every finding" : hint};
}

/// The nodes about which the rule speaks now, those asked for.
Result<std::set<std::string>> NodesOf(const AcceptCommand& command, const std::vector<Finding>& findings) {
  std::set<std::string> nodes;
  for (const Finding& finding : findings) {
    if (finding.rule == command.rule) nodes.insert(finding.node);
  }
  if (nodes.empty()) {
    return Error{Code::kUsage, "",
                 command.rule + " finds nothing in this plan, so there is nothing to accept",
                 "backcast check lists the findings"};
  }
  if (!command.node) return nodes;
  if (nodes.count(*command.node) > 0) return std::set<std::string>{*command.node};
  std::string list;
  for (const std::string& node : nodes)
    list += (list.empty() ? "" : ", ") + (node.empty() ? "no node" : node);
  return Error{Code::kUsage, "", command.rule + " says nothing about '" + *command.node + "'",
               "it speaks of " + list};
}

Result<std::string> UntilOf(const AcceptCommand& command, Day today) {
  if (command.until.empty()) return std::string();
  const Result<Day> until = ParseIsoDay(command.until);
  if (!until.ok())
    return Error{Code::kUsage, "", "--until needs a day like 2026-12-31, not '" + command.until + "'", ""};
  if (until.value() < today)
    return Error{Code::kUsage, "", "--until " + command.until + " is past", "name a day that is to come"};
  return command.until;
}

/// What the rule's layer says now.
Result<std::vector<Finding>> FindingsFor(Workspace& workspace, const std::string& rule, Day today,
                                         Talk& talk) {
  const bool of_the_plan = rule.starts_with('T') || rule.starts_with('P');
  if (!of_the_plan && HasLake(workspace)) return DataFindings(workspace, today, talk);
  return workspace.Findings(today);
}

Result<Answer> AcceptNow(Workspace& workspace, const AcceptCommand& command, Day today, Talk& talk) {
  BACKCAST_CHECK(CheckRule(command.rule, workspace.Findings(today)));
  BACKCAST_TRY(const std::vector<Finding> findings, FindingsFor(workspace, command.rule, today, talk));
  BACKCAST_TRY(
      const Signature signature,
      Sign(command.by, command.because, today,
           "a finding is accepted with its reason, because the next reader of the report asks for it: "
           "--because \"…\""));
  BACKCAST_TRY(const std::string until, UntilOf(command, today));
  BACKCAST_TRY(const std::set<std::string> nodes, NodesOf(command, findings));
  std::vector<AcceptedFinding> notes;
  for (const std::string& node : nodes)
    notes.push_back({0, command.rule, node, signature, workspace.plan()->version, until, {}});
  BACKCAST_CHECK(workspace.OpenState().Accept(notes));
  return Listed(workspace, notes, command, ToIso(today),
                "Printed on every report from now on; no longer counted by --fail-on, and no verdict is "
                "taken for it.\n");
}

Result<Answer> WithdrawNow(const Workspace& workspace, const AcceptCommand& command, Day today) {
  BACKCAST_TRY(const Signature signature,
               Sign(command.by, command.because, today,
                    "a note is withdrawn with a reason, which is kept beside it: --because \"…\""));
  WorkspaceState state = workspace.OpenState();
  BACKCAST_TRY(const std::vector<std::int64_t> ids,
               state.Withdraw(command.rule, command.node.value_or(""), !command.node.has_value(), signature));
  if (ids.empty()) {
    BACKCAST_CHECK(CheckRule(command.rule, workspace.Findings(today)));
    return Error{Code::kUsage, "",
                 "nothing stands accepted for " + command.rule + (command.node ? " " + *command.node : ""),
                 "backcast check --accepted lists the notes"};
  }
  BACKCAST_TRY(std::vector<AcceptedFinding> notes, state.Accepted());
  std::erase_if(notes, [&](const AcceptedFinding& note) {
    return std::find(ids.begin(), ids.end(), note.id) == ids.end();
  });
  return Listed(workspace, notes, command, ToIso(today),
                Counted(static_cast<std::int64_t>(ids.size()), "note") +
                    " withdrawn; what they were about counts again.\n");
}

}  // namespace

Result<Answer> AcceptFindings(Workspace& workspace, const AcceptCommand& command, Day today, Talk& talk) {
  if (command.rule.empty()) {
    BACKCAST_TRY(const std::vector<AcceptedFinding> notes, workspace.OpenState().Accepted());
    return Listed(workspace, notes, command, ToIso(today),
                  notes.empty() ? "Nothing was ever accepted.\n" : "");
  }
  BACKCAST_CHECK(workspace.NeedPlan());
  return command.withdraw ? WithdrawNow(workspace, command, today)
                          : AcceptNow(workspace, command, today, talk);
}

}  // namespace backcast
