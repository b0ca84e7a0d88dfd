// SPDX-License-Identifier: Apache-2.0
// The kinds of paper of an answer about listening.
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/listening.h"

namespace backcast {

std::string ListeningJson(const Listening& listening);
/// Text, CSV or Markdown.
std::string ListeningPaper(const Listening& listening, Format format);
/// At most 1,000 mentions of the scope and period, newest first.
std::string ListeningRows(const Listening& listening, Format format);

}  // namespace backcast
