// SPDX-License-Identifier: Apache-2.0
// The entries of a plan's lists. The typed plan and the doctor read them through this, so that the n-th KPI
// of one is the n-th of the other.
#pragma once

#include <string_view>
#include <vector>

#include "base/yaml.h"

namespace backcast {

/// The value under a path such as "service_review.issues", or nullptr.
const Yaml* ValueAt(const Yaml& root, std::string_view path);

/// The entries that are maps of the list under `path`; none when there is no such list.
std::vector<const Yaml*> Blocks(const Yaml& root, std::string_view path);

/// Nothing there: no value, null, no text, no entries.
bool IsEmpty(const Yaml* value);

}  // namespace backcast
