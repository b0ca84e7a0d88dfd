// SPDX-License-Identifier: Apache-2.0
// The command backout: targets of everything that leads to an outcome.
#include "chain/backout.h"

#include <cmath>

#include "base/number.h"
#include "desk/chain.h"
#include "desk/chain_json.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

/// No interval without what stands behind it: the node's events, else the days that were measured.
Json NodeJson(const BackoutNode& node, double days) {
  Json json = {{"id", node.id},
               {"metric", node.metric},
               {"title", node.title},
               {"role", ToWord(node.role)},
               {"owner", node.owner.empty() ? Json() : Json(node.owner)},
               {"needed",
                ValueJson(node.needed, node.low, node.high, node.unit, node.events > 0 ? node.events : days)},
               {"current", ValueJson(node.current, {}, {}, node.unit, node.events)},
               {"rate", node.unit == "ratio" ? Json(node.needed) : Json()},
               {"volume", node.volume ? Json(*node.volume) : Json()},
               {"volume_now", node.volume_now ? Json(*node.volume_now) : Json()},
               {"gap", node.needed - node.current},
               {"change", node.change},
               {"feasible", ToWord(node.feasible)},
               {"at_limit", node.at_limit},
               {"fixed", node.fixed},
               {"due", node.due ? Json(ToIso(*node.due)) : Json()}};
  if (!node.because.empty()) json["because"] = node.because;
  return json;
}

std::string ToJsonText(const Backout& backout, const ReadChain& read, const Workspace& workspace) {
  const double days = backout.measured.days();
  Json nodes = Json::array();
  for (const BackoutNode& node : backout.nodes) nodes.push_back(NodeJson(node, days));
  Json outcome = {
      {"id", backout.outcome},
      {"title", backout.title},
      {"current", ValueJson(backout.current, {}, {}, backout.unit, 0)},
      {"target", ValueJson(backout.target, {}, {}, backout.unit, 0)},
      {"by", backout.by ? Json(ToIso(*backout.by)) : Json()},
      {"change", backout.needed_change},
      {"expected", ValueJson(backout.reached, backout.low, backout.high, backout.unit, days)},
      {"reachable", backout.missing_factor <= 1 + 1e-9},
      {"missing_factor", backout.missing_factor},
      {"days_per_unit", backout.stretch_days},
      {"measured",
       {{"from", ToIso(backout.measured.from)}, {"to", ToIso(backout.measured.to - std::chrono::days{1})}}}};
  Json content = {{"outcome", std::move(outcome)},
                  {"nodes", std::move(nodes)},
                  {"claims", ToJson(backout.claims)},
                  {"assumptions", backout.assumptions}};
  return Dump(ChainEnvelope("backout", workspace.name(), read.data, std::move(content)));
}

std::string Padded(const std::string& text, std::size_t width) {
  std::size_t shown = 0;
  for (const char c : text) shown += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return shown >= width ? text : std::string(width - shown, ' ') + text;
}

std::string ToText(const Backout& backout) {
  std::string out;
  for (const Claim& claim : backout.claims) out += claim.text() + "\n";
  out += "\n" + std::string(38, ' ') + Padded("now", 14) + Padded("needed", 14) + Padded("change", 9) +
         "  feasible\n";
  for (const BackoutNode& node : backout.nodes) {
    std::string name = Shortened(node.title).substr(0, 37);
    name.resize(std::max<std::size_t>(name.size(), 38), ' ');
    out += name + Padded(FormatNumber(node.current, node.unit, true), 14) +
           Padded(FormatNumber(node.needed, node.unit, true), 14) +
           Padded((node.change < 0 ? "−" : "+") + FormatNumber(std::abs(node.change), "ratio", true), 9) +
           "  " + std::string(ToWord(node.feasible)) + (node.at_limit ? " (limit)" : "") +
           (node.fixed ? " (set)" : "") + (node.owner.empty() ? "" : "  " + Shortened(node.owner)) + "\n";
    if (!node.because.empty()) out += "    " + node.because + "\n";
  }
  out += "\nToday's values: " + ToIso(backout.measured.from) + " to " +
         ToIso(backout.measured.to - std::chrono::days{1}) + ".";
  if (backout.by && !backout.nodes.empty() && backout.nodes[0].due)
    out += " The factors have to stand there by " + ToIso(*backout.nodes[0].due) + ".";
  out += "\n";
  for (const std::string& assumed : backout.assumptions) out += "Taken: " + assumed + "\n";
  return out;
}

}  // namespace

Result<Answer> ShowBackout(Workspace& workspace, const BackoutCommand& command, Talk& talk) {
  BACKCAST_TRY(ReadChain read, ReadWholeChain(workspace, command.card, talk));
  BackoutRequest request;
  BACKCAST_TRY(const ChainNode* outcome, FindOutcomeNode(read.chain, command.outcome));
  request.outcome = outcome->id;
  request.target = command.target;
  if (!command.by.empty()) {
    BACKCAST_TRY(const Day by, ParseIsoDay(command.by));
    if (by <= read.data.last) {
      return Error{Code::kUsage, "",
                   "--by " + command.by + " is not after the last day with data, " + ToIso(read.data.last),
                   "name a day to come"};
    }
    request.by = by;
  }
  for (const auto& [node, value] : command.fixed) request.fixed[node] = value;
  const std::vector<LinkEvidence>& evidence = EvidenceOf(workspace, read);
  BACKCAST_TRY(const Backout backout, BackOut(read.chain, read.data, evidence, *workspace.plan(), request));
  Answer answer;
  answer.out = command.card.format == Format::kJson ? ToJsonText(backout, read, workspace)
                                                    : ToText(backout) + FindingLines(read.data);
  return answer;
}

}  // namespace backcast
