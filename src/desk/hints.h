// SPDX-License-Identifier: Apache-2.0
// What the compiler is told about the lake: how many different ids and groups there are, and which reports
// are cut in ways that must not be added.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "compile/compile.h"
#include "desk/ready.h"
#include "desk/workspace.h"
#include "score/questions.h"

namespace backcast {

/// For the metrics and breakdowns of the scopes, which read `facts`. Errors: those of the engine.
Result<CompileHints> ReadHints(Workspace& workspace, const Ready& ready, const Outline& outline,
                               const std::set<std::string>& facts, const std::vector<std::string>& by);

/// For the rows behind a metric. Errors: those of the engine.
Result<CompileHints> ReadRowHints(Workspace& workspace, const Ready& ready, const std::string& metric);

/// A sentence per fact whose reports are cut in several ways: they are not added.
std::vector<std::string> CutLines(const CompileHints& hints, const Schemas& schemas);

}  // namespace backcast
