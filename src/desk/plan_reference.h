// SPDX-License-Identifier: Apache-2.0
// A version of the plan by the name that a person gives it.
#pragma once

#include <optional>
#include <string>

#include "desk/workspace.h"

namespace backcast {

/// A plan's text and where it came from.
struct PlanSide {
  std::string reference;  ///< as it was asked for: "@1", "3", "old.yaml"
  std::string name;       ///< for sentences: "plan.yaml", "plan.yaml@2"
  std::string text;
  std::string sha256;
  std::optional<PlanRevision> revision;  ///< when these bytes are on record, the newest of them
};

/// Reads "@1" (the first revision on record), "@-1" (the newest), a file, a version number as the plan writes
/// it (the newest revision of that version), or the beginning of a sha256 (at least four hex digits). Errors:
/// kUsage when nothing or more than one plan is meant; kInput for a file that cannot be read; kUnavailable.
Result<PlanSide> FindPlan(const Workspace& workspace, const std::string& reference);

}  // namespace backcast
