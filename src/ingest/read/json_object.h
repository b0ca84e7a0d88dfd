// SPDX-License-Identifier: Apache-2.0
// One JSON object as flat pairs of key and text.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace backcast {

using FlatObject = std::vector<std::pair<std::string, std::string>>;

/// Flattens an object: {"a":{"b":1},"c":[1,2]} gives a.b = "1" and c = "[1,2]". Numbers stay as they are
/// written, strings are unescaped, null is empty. False when `json` is no valid object or is nested over 64
/// deep.
bool Flatten(std::string_view json, FlatObject& out);

}  // namespace backcast
