// SPDX-License-Identifier: Apache-2.0
// A share against a standard that somebody else set: reached, not reached, or not to be told from it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "measure/interval.h"

namespace backcast {

/// One entry of catalogue/care/standards.yaml.
struct CareStandard {
  std::string id, title, of, per, source;
  int version = 1;
  double at_least = 0;  ///< share
  int fewest = 0;       ///< cases without which it says nothing
};

/// Those that ship, in their order. Errors: kInternal.
Result<std::vector<CareStandard>> ShippedStandards();

enum class StandardVerdict : std::uint8_t {
  kReached,     ///< the whole interval lies at or above
  kNotReached,  ///< the whole interval lies below
  kCannotTell,  ///< the interval holds the threshold
  kTooFew,      ///< fewer cases than asked for
};
/// "reached", "not_reached", "cannot_tell", "too_few".
std::string_view ToWord(StandardVerdict verdict);

struct StandardJudgement {
  double done = 0, of = 0;
  Interval interval;  ///< Wilson, 95 %; none of 0 cases
  StandardVerdict verdict = StandardVerdict::kTooFew;
};

/// `done` of `of` cases, 0 <= done <= of, against a share and the fewest cases.
StandardJudgement JudgeShare(double done, double of, double at_least, int fewest);

}  // namespace backcast
