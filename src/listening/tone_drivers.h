// SPDX-License-Identifier: Apache-2.0
// What moved net sentiment: each group's part of the change, split into how much it is talked about and how
// it is talked about. Pure. METHODS 7.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "listening/tone.h"

namespace backcast {

/// Parts of a change of net sentiment; mix + rate over all groups is the change.
struct ToneDriver {
  double mix = 0;   ///< because it has another share of the classified mentions
  double rate = 0;  ///< because its own net sentiment moved
  double contribution() const { return mix + rate; }
};

struct ToneDrivers {
  double before = 0, now = 0;  ///< net sentiment of the whole
  std::vector<ToneDriver> groups;
};

/// One entry per group, a mention in one group only. A group that was not talked about in one period has no
/// net sentiment there; it takes that of the other period, so that its whole part is mix. Error: kTooLittle
/// when either period has under 50 classified mentions.
Result<ToneDrivers> DriversOf(std::span<const TonePair> groups);

}  // namespace backcast
