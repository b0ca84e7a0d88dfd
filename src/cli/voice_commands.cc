// SPDX-License-Identifier: Apache-2.0
// The commands about creators, audiences, and persons who want to be forgotten.
#include "cli/call.h"
#include "desk/audience.h"
#include "desk/forget.h"
#include "desk/influence.h"

namespace backcast {
namespace {

Result<Answer> RunForget(Workspace& workspace, const Call& call) {
  ForgetCommand command;
  command.id = ArgumentOf(call);
  command.dry_run = call.words.Has("--dry-run");
  command.yes = call.words.Has("--yes");
  command.amounts = call.words.Has("--amounts");
  command.format = call.format;
  return Forget(workspace, command, Today(), call.talk);
}

}  // namespace

void AddVoiceCommands(CommandFunctions& functions) {
  functions["audience"] = WithCard(
      [](Workspace& w, const ScoreOptions& card, const Call& c) { return ShowAudience(w, card, c.talk); });
  functions["forget"] = WithWorkspace(RunForget);
  functions["influence"] = WithCard(
      [](Workspace& w, const ScoreOptions& card, const Call& c) { return ShowInfluence(w, card, c.talk); });
}

}  // namespace backcast
