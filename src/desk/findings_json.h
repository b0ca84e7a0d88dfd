// SPDX-License-Identifier: Apache-2.0
// Findings as JSON, written as they come: the same bytes as ToJson and Dump of desk/envelope.h, without a
// tree in memory. An absurd plan has a hundred thousand of them.
#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"
#include "report/json_writer.h"

namespace backcast {

/// The whole answer of `check`: the envelope with its findings.
std::string CheckJson(const std::string& workspace, const std::vector<Finding>& findings);

}  // namespace backcast
