// SPDX-License-Identifier: Apache-2.0
// Marks of what is not to be read any more, kept in .backcast/state.sqlite. A mark is a keyed hash; what it
// is of is not kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backcast {

/// Keeps the marks, all or none; known ones keep their day. `folder`: the workspace's .backcast; `on`: ISO
/// day. Errors: kUnavailable, as those of WorkspaceState.
Result<Done> KeepForgotten(const std::string& folder, const std::vector<std::string>& marks,
                           std::string_view on);
/// All marks; none where nothing is kept yet.
Result<std::vector<std::string>> ReadForgotten(const std::string& folder);

}  // namespace backcast
