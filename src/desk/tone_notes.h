// SPDX-License-Identifier: Apache-2.0
// Beside a number that rests on sentiment: who said it, of how many.
#pragma once

#include "desk/workspace.h"
#include "score/questions.h"

namespace backcast {

/// How many rows of the period whose sentiment the metric looks at their file labels, how many Backcast read
/// and with what, and how many nobody classified; empty where it asks for none, or the file labels all. The
/// texts are read (ReadToneFor). Errors: those of the engine.
Result<std::string> ToneWords(Workspace& workspace, const Metric& metric, const std::vector<Filter>& filters,
                              const Window& period);

/// The same as a note on each line of the outline.
Result<Done> NoteTone(Workspace& workspace, const Window& period, Outline& outline);

}  // namespace backcast
