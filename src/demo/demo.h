// SPDX-License-Identifier: Apache-2.0
// A simulated brand with known truth, written as the exports that platforms would give.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace backcast::demo {

struct DemoOptions {
  std::uint64_t seed = 7;
  int days = 420;
  double scale = 1.0;        ///< multiplies audience and traffic
  std::string kind = "b2c";  ///< sells to people, or b2b: to businesses
};

/// Writes plan.yaml, exports/**, costs.csv, calendar.yaml, truth.json into `folder` (made if absent, must be
/// empty or a demo). Same options, same bytes. Returns the files written, relative to folder. Errors: kUsage,
/// kUnavailable.
Result<std::vector<std::string>> WriteDemo(const std::string& folder, const DemoOptions& options);

}  // namespace backcast::demo
