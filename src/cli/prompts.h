// SPDX-License-Identifier: Apache-2.0
// Questions on a terminal: shown on stderr, answered on stdin.
#pragma once

#include <memory>

#include "desk/init.h"

namespace backcast {

/// The person at the terminal; nullptr when stdin or stderr is none. `talk` says when Ctrl-C was pressed.
std::unique_ptr<Asker> PromptsOnTerminal(Talk& talk, bool no_colour);

}  // namespace backcast
