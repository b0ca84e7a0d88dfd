// SPDX-License-Identifier: Apache-2.0
// A cost answer as JSON. Included by desk sources only.
#pragma once

#include <string>

#include "desk/cost.h"

namespace backcast {

/// The object of CONTRACT.md: schema backcast/cost/1.
std::string ToJsonText(const CostAnswer& answer, const Workspace& workspace);

}  // namespace backcast
