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
  std::string layer;              ///< "text", "chain", "data", or empty for all that can be had
  std::string fail_on = "error";  ///< error, warning, never
  std::string format = "text";    ///< text, json, sarif
};

/// Findings that somebody accepted are listed with the note and do not count. The data layer joins in when
/// the workspace has a lake; without --layer data, trouble with it is a remark. Errors: kInput when there is
/// no plan or it is no YAML, or no data for the layer data; kUsage for an unknown layer, severity or format;
/// those of the lake for the layer data.
Result<Answer> Check(Workspace& workspace, const CheckOptions& options, Day today, Talk& talk);

}  // namespace backcast
