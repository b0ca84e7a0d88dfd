// SPDX-License-Identifier: Apache-2.0
// Settings and where each comes from: flags > environment > the workspace's file > the user's file > built
// in.
#pragma once

#include "cli/parse.h"
#include "desk/answer.h"
#include "desk/workspace.h"

namespace backcast {

/// Environment: BACKCAST_WORKSPACE, BACKCAST_THREADS, BACKCAST_MEMORY. User file:
/// $XDG_CONFIG_HOME/backcast/config.yaml, workspace file: .backcast/config.yaml, each with the keys workspace
/// (user file only), threads, memory. Errors: kUsage for a value that cannot be, kInput for a file that is no
/// YAML.
Result<Settings> SettingsOf(const Words& words);

/// One line per setting; with its origin when asked.
Result<Answer> ShowSettings(const Words& words, bool origin);

}  // namespace backcast
