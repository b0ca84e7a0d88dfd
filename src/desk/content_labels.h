// SPDX-License-Identifier: Apache-2.0
// Where a workspace's themes come from: the block `content` of its plan, and themes.csv beside it.
#pragma once

#include <string>
#include <vector>

#include "content/content_rules.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

/// The table of labels given by hand: columns post and theme, a row per theme.
inline constexpr const char* kThemesFile = "themes.csv";

struct ContentLabels {
  ContentRules rules;
  HandLabels by_hand;
  std::string version;     ///< LabelVersion; empty when there are neither rules nor labels by hand
  std::string first_seen;  ///< instant at which a command first met this version, ISO; empty when not known
  std::vector<std::string> remarks;  ///< rows of themes.csv that cannot be used
};

/// Errors: kInput with file:line for a block or file that cannot be used. A version that cannot be kept is
/// said to `talk`.
Result<ContentLabels> ReadContentLabels(const Workspace& workspace, Talk& talk);

/// The same without asking when the version was first met.
Result<ContentLabels> ReadLabelRules(const Workspace& workspace);

/// themes.csv in any separator and encoding that exports come in. A row with an empty theme says that the
/// post has none. Errors: kInput when the columns are not there.
Result<HandLabels> ReadThemesFile(const std::string& path, std::vector<std::string>& remarks);

}  // namespace backcast
