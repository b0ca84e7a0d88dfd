// SPDX-License-Identifier: Apache-2.0
// The command listen: what people say, of whom, how it feels, and what is new.
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/score.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

struct ListenCommand {
  ScoreOptions card;
  std::string by, brand;
  std::size_t topics = 0;  ///< 0: as many as the texts ask for
  std::size_t rows = 0;    ///< so many of the mentions themselves instead, the newest
};

/// Errors: those of Prepare and ReadListening.
Result<Answer> ShowListening(Workspace& workspace, const ListenCommand& command, Talk& talk);

}  // namespace backcast
