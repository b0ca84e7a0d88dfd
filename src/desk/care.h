// SPDX-License-Identifier: Apache-2.0
// The command care: are customers answered, how fast by which clock, how content are they; and what they ask
// about, why, and what could be mended.
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/score.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

struct CareCommand {
  ScoreOptions card;
  std::string by;                  ///< channel, kind, team, agent, issue, driver, account; empty: the whole
  std::string clock = "calendar";  ///< or business
  std::string rows;                ///< conversations, questions, calls or answers: list them instead
  bool issues = false;             ///< what is asked about instead
};

/// Errors: those of Prepare; kUsage for a word that is none of these; kInput for a calendar.yaml that cannot
/// be read, or is not there when the business clock is asked for; kTooLittle when nobody asked anything.
Result<Answer> ShowCare(Workspace& workspace, const CareCommand& command, Talk& talk);

}  // namespace backcast
