// SPDX-License-Identifier: Apache-2.0
// What every command's function gets, and the few things that most of them do with it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/result.h"
#include "cli/parse.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "desk/answer.h"
#include "desk/score.h"
#include "desk/workspace.h"

namespace backcast {

struct Call {
  const Words& words;
  const Settings& settings;
  Format format;
  TextStyle style;
  Terminal& talk;
};

using CommandFunction = std::function<Result<Answer>(const Call&)>;
/// By the command's name in the table.
using CommandFunctions = std::map<std::string_view, CommandFunction>;

/// score, report and what asks the chain: backout, why, explain, improvements, advise, holdout, sales-goal.
void AddCardCommands(CommandFunctions& functions);
/// Where people come from, what they cost and who is credited.
void AddJourneyCommands(CommandFunctions& functions);
/// Creators, audiences, and persons who want to be forgotten.
void AddVoiceCommands(CommandFunctions& functions);

/// The day by which relative periods are meant. SOURCE_DATE_EPOCH makes a run repeatable, as reproducible
/// builds use it.
Day Today();

/// Period, breakdown, filters and format of a command. Errors: kUsage.
Result<ScoreOptions> CardOptionsOf(const Call& call);

/// A number as text, or an error that names the option.
Result<double> NumberOf(const std::string& option, const std::string& text);

/// The n-th word behind the command, or nothing.
inline std::string ArgumentOf(const Call& call, std::size_t n = 0) {
  return n < call.words.arguments.size() ? call.words.arguments[n] : "";
}

/// A command whose function wants an open workspace.
template <class F>
CommandFunction WithWorkspace(F function) {
  return [function](const Call& call) -> Result<Answer> {
    BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
    return function(workspace, call);
  };
}

/// A command whose function wants an open workspace and the options of a card.
template <class F>
CommandFunction WithCard(F function) {
  return [function](const Call& call) -> Result<Answer> {
    BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
    BACKCAST_TRY(const ScoreOptions card, CardOptionsOf(call));
    return function(workspace, card, call);
  };
}

}  // namespace backcast
