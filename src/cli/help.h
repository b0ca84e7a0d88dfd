// SPDX-License-Identifier: Apache-2.0
// Help and shell completion, made of the command table.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/command_table.h"

namespace backcast {

/// All commands, one line each, with how to begin.
std::string HelpForAll();
/// One command: example first, then options.
std::string HelpFor(const CommandSpec& command);
/// A completion script for bash, zsh or fish. Error: kUsage for another shell.
Result<std::string> CompletionFor(std::string_view shell);

}  // namespace backcast
