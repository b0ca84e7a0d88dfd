// SPDX-License-Identifier: Apache-2.0
// The commands that read the plan's numbers and its chain.
#include "cli/call.h"
#include "desk/chain.h"
#include "desk/explain.h"
#include "desk/hold_out.h"
#include "desk/sales_goal.h"

namespace backcast {
namespace {

using Card = ScoreOptions;

Result<Answer> RunBackout(Workspace& workspace, const ScoreOptions& card, const Call& call) {
  BackoutCommand command;
  command.card = card;
  command.outcome = call.words.arguments[0];
  command.by = call.words.Get("--by");
  if (call.words.Has("--target")) {
    BACKCAST_TRY(command.target, NumberOf("--target", call.words.Get("--target")));
  }
  const auto set = call.words.options.find("--set");
  if (set != call.words.options.end()) {
    for (const std::string& text : set->second) {
      const std::size_t equals = text.rfind('=');
      if (equals == 0 || equals == std::string::npos)
        return Error{Code::kUsage, "", "--set needs NODE=VALUE, not '" + text + "'",
                     "for example --set aov=60"};
      BACKCAST_TRY(const double value, NumberOf("--set", text.substr(equals + 1)));
      command.fixed.emplace_back(text.substr(0, equals), value);
    }
  }
  return ShowBackout(workspace, command, call.talk);
}

Result<Answer> RunReport(Workspace& workspace, const Card& card, const Call& call) {
  std::vector<std::string> paths = call.words.List("--output");
  const bool asked = call.words.Has("--format") || call.words.Has("--json");
  if (asked && !paths.empty())
    return Error{Code::kUsage, "", "a file's ending says how the report is written; --format is for stdout",
                 "leave out --format, or --output"};
  if (paths.empty() && !asked) paths = {"report.html"};
  return Report(workspace, card, paths, Today(), call.talk);
}

}  // namespace

void AddCardCommands(CommandFunctions& functions) {
  functions["score"] =
      WithCard([](Workspace& w, const Card& card, const Call& c) { return Score(w, card, Today(), c.talk); });
  functions["report"] = WithCard(RunReport);
  functions["chain"] = WithCard([](Workspace& w, const Card& card, const Call& c) {
    return ShowChain(w, {card, c.words.Get("--up"), c.words.Get("--down")}, c.talk);
  });
  functions["backout"] = WithCard(RunBackout);
  functions["why"] = WithCard([](Workspace& w, const Card& card, const Call& c) {
    return ShowWhy(w, {card, ArgumentOf(c), c.words.Get("--owner")}, c.talk);
  });
  functions["explain"] = WithCard([](Workspace& w, const Card& card, const Call& c) {
    return Explain(w, {card, ArgumentOf(c)}, Today(), c.talk);
  });
  functions["improvements"] =
      WithCard([](Workspace& w, const Card& card, const Call& c) { return ShowChanges(w, card, c.talk); });
  functions["advise"] =
      WithCard([](Workspace& w, const Card& card, const Call& c) { return ShowAdvice(w, card, c.talk); });
  functions["holdout"] = WithCard([](Workspace& w, const Card& card, const Call& c) {
    return ShowHoldOuts(w, {card, ArgumentOf(c), c.words.Has("--record")}, c.talk);
  });
  functions["sales-goal"] = WithCard([](Workspace& w, const Card& card, const Call& c) {
    return ShowSalesGoals(w, {card, ArgumentOf(c)}, c.talk);
  });
}

}  // namespace backcast
