// SPDX-License-Identifier: Apache-2.0
// The command check: the plan doctor's findings.
#pragma once

#include <string>

#include "base/day.h"
#include "desk/answer.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

struct CheckOptions {
  std::string layer;              ///< "text", "chain", or empty for both
  std::string fail_on = "error";  ///< error, warning, never
  std::string format = "text";    ///< text, json, sarif
};

/// Findings that somebody accepted are listed with the note and do not count. Errors: kInput when there is no
/// plan or it is no YAML, kUsage for an unknown layer, severity or format.
Result<Answer> Check(const Workspace& workspace, const CheckOptions& options, Day today, Talk& talk);

}  // namespace backcast
