// SPDX-License-Identifier: Apache-2.0
// A result of an experiment written into the text of the plan, where a person declared it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace backcast {

struct ExperimentResult {
  double effect = 0, low = 0, high = 0;  ///< relative
  std::int64_t n = 0;
};

/// "effect: 0.12" and so on, one line each, with as many digits as mean something.
std::string ResultLines(const ExperimentResult& result, std::string_view indent);

/// The plan's text with the result at the experiment of that id: values that stand there are replaced, the
/// others are added before its first key, everything else stays as it was byte by byte. Errors: kInput when
/// the plan cannot be read or has no such experiment, or when the text afterwards would say anything else
/// than before plus this result.
Result<std::string> WithResult(const std::string& plan, const std::string& file,
                               const std::string& experiment, const ExperimentResult& result);

}  // namespace backcast
