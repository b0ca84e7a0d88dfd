// SPDX-License-Identifier: Apache-2.0
// The command demo.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "desk/answer.h"

namespace backcast {

struct DemoCommand {
  std::string folder;
  std::uint64_t seed = 7;
  int days = 420;
  std::string kind = "b2c";
  std::string scale;  ///< a positive number as text; empty = 1
};

/// Errors: kUsage (kind, scale, a folder that holds something else), kUnavailable.
Result<Answer> MakeDemo(const DemoCommand& command, Format format);

}  // namespace backcast
