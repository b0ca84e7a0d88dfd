// SPDX-License-Identifier: Apache-2.0
// The kinds of paper of an answer about listening.
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/listening.h"

namespace backcast {

/// "2026-03-31T23:42:00Z" of microseconds since 1970.
std::string ToInstant(std::int64_t micros);

std::string ListeningJson(const Listening& listening);
/// Text in lines of at most `width`, CSV or Markdown.
std::string ListeningPaper(const Listening& listening, Format format, int width);
/// At most `most` mentions of the scope and period, newest first.
std::string ListeningRows(const Listening& listening, std::size_t most, Format format, int width);

}  // namespace backcast
