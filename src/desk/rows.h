// SPDX-License-Identifier: Apache-2.0
// The rows behind one metric, with the file and line that each came from.
#pragma once

#include "compile/compile.h"
#include "desk/answer.h"
#include "desk/workspace.h"

namespace backcast {

/// At most 1,000 rows, newest first, as text (aligned), CSV, Markdown or JSON. The lake must be attached.
Result<Answer> ListRows(Workspace& workspace, const std::string& metric, const std::vector<Filter>& filters,
                        const Window& period, const CompileHints& hints, Format format);

/// Any answer of the engine as an aligned table, CSV, Markdown, or a JSON list of objects.
std::string RenderTable(const Table& table, Format format);

}  // namespace backcast
