// SPDX-License-Identifier: Apache-2.0
// What the money of a test brought back: the one return that is not a claim. METHODS 13. Pure.
#pragma once

#include "base/result.h"

namespace backcast {

/// What a test of some regions found: `effect` is relative (0.06 = 6 % more), with its 95 % interval.
struct TestEffect {
  double effect = 0, low = 0, high = 0;
};

struct IncrementalReturn {
  double value = 0, low = 0, high = 0;                    ///< brought over spent
  double brought = 0, brought_low = 0, brought_high = 0;  ///< unit of `counted`
};

/// `counted`: the money that came in where it was spent, during the test; of it effect / (1 + effect) came
/// because of it. `spent` in the same currency. The interval is that of the effect alone: what was counted
/// and spent is known. Refused as kInput: nothing spent, a value that is no number or below zero, an effect
/// of -1 or less, an interval that does not hold the effect.
Result<IncrementalReturn> ReturnOfTest(double counted, double spent, const TestEffect& effect);

}  // namespace backcast
