// SPDX-License-Identifier: Apache-2.0
// Names and words of simulated posts.
#pragma once

#include <string>

#include "demo/parameters.h"
#include "demo/random.h"

namespace backcast::demo {

/// A post id in the platform's style. X ids carry the time, as the platform's own do: (id >> 22) +
/// 1288834974657 ms.
std::string PostId(Channel channel, Day day, int minute, int number);

/// A caption that ends in the theme's hashtag; some have line breaks, quotes, commas or an emoji, as people
/// write.
std::string Caption(Channel channel, const Theme& theme, bool giveaway, int number, Random& random);

/// Minutes that Berlin is ahead of UTC on that day (60 or 120; the night of the change counts as the day
/// after it).
int BerlinOffset(Day day);

}  // namespace backcast::demo
