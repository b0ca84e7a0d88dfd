// SPDX-License-Identifier: Apache-2.0
#include "money/incremental_return.h"

#include <cmath>

namespace backcast {

Result<IncrementalReturn> ReturnOfTest(double counted, double spent, const TestEffect& effect) {
  constexpr auto kWhere = "return of a test";
  if (!(std::isfinite(spent) && spent > 0))
    return Error{Code::kInput, kWhere, "nothing was spent", "a return needs what was spent in the test"};
  if (!(std::isfinite(counted) && counted >= 0))
    return Error{Code::kInput, kWhere, "what came in is below zero or unknown",
                 "look at the file of regions"};
  if (!(std::isfinite(effect.high) && effect.low > -1 && effect.low <= effect.effect &&
        effect.effect <= effect.high)) {
    return Error{Code::kInput, kWhere, "the interval does not hold the effect",
                 "low, effect and high stand in this order, above -1"};
  }
  const auto brought = [&](double share) { return counted * share / (1 + share); };
  IncrementalReturn result;
  result.brought = brought(effect.effect);
  result.brought_low = brought(effect.low);
  result.brought_high = brought(effect.high);
  result.value = result.brought / spent;
  result.low = result.brought_low / spent;
  result.high = result.brought_high / spent;
  return result;
}

}  // namespace backcast
