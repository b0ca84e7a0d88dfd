// SPDX-License-Identifier: Apache-2.0
// The commands metrics list and metrics show: the catalogue for people and programs.
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/workspace.h"

namespace backcast {

struct MetricsFilter {
  std::string search, level, element;
};

Result<Answer> ListMetrics(const Workspace& workspace, const MetricsFilter& filter, Format format);
/// Error: kUsage with the nearest id.
Result<Answer> ShowMetric(const Workspace& workspace, const std::string& id, Format format);

}  // namespace backcast
