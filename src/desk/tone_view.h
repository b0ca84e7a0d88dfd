// SPDX-License-Identifier: Apache-2.0
// Texts read when a question asks how they feel or which issue they are about, so that every command sees the
// tone that `listen` sees. What a file says stays, and nothing is written into the lake.
#pragma once

#include <string>

#include "compile/compile.h"
#include "desk/ready.h"
#include "desk/workspace.h"

namespace backcast {

/// What `sentiment_by` and `issue_by` begin with where Backcast read the text; behind it stand the words that
/// were used and their versions: "backcast en@1+care@1+plan@5f0c11aa".
inline constexpr std::string_view kReadByBackcast = "backcast ";

/// Fills the views of the facts that `question` asks for a sentiment or an issue (mention, message): texts
/// without a label of their file are read once, streamed, and what was read is kept in a table of the engine
/// as long as it lives. Other questions cost nothing. Errors: those of ReadWords and of the engine.
Result<Done> ReadToneFor(Workspace& workspace, const Ready& ready, const Question& question);

/// The same for whoever asks the fact itself. A fact without texts costs nothing.
Result<Done> ReadToneOf(Workspace& workspace, const Ready& ready, const std::string& fact);

/// Puts what an earlier question of this engine has read over views that Lake::Attach made anew.
Result<Done> ApplyTone(const Schemas& schemas, DuckDb& engine);

}  // namespace backcast
