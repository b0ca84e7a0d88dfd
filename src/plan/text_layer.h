// SPDX-License-Identifier: Apache-2.0
// The text layer of the doctor: compares a plan with its shape. Comes in: YAML; goes out: findings T01 to
// T10.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/yaml.h"
#include "catalog/catalogue.h"
#include "plan/plan.h"

namespace backcast {

/// All faults of the text at once, in the order of the file, at most a thousand. `text` is what `root` was
/// read from.
std::vector<Finding> ExamineText(const Yaml& root, std::string_view text, std::string_view file,
                                 std::span<const Metric> metrics);

}  // namespace backcast
