// SPDX-License-Identifier: Apache-2.0
// What one conversion of a path credits to each of its channels under the models that look at one journey
// only.
#pragma once

#include <cstdint>
#include <vector>

#include "attribution/journeys.h"

namespace backcast {

/// One channel of one path; the three shares of all channels of a path sum to one each.
struct PathShare {
  ChannelCode channel = 0;
  double linear = 0;    ///< 1/n for each touch
  double position = 0;  ///< .4 to the ends, .2 shared by those between; .5 and .5 of two
  double distinct = 0;  ///< the same to each channel of the path: Shapley of conversion volumes
};

/// All paths that converted at least once, by path.
struct PathShares {
  struct Path {
    std::uint32_t path = 0;
    ChannelCode first = 0, last = 0, last_non_direct = 0;
    std::uint32_t from = 0, to = 0;  ///< its entries in `shares`
  };
  std::vector<Path> paths;
  std::vector<PathShare> shares;
};

/// `direct`: the code of direct visits, or kNoChannel.
PathShares SharesOf(const Journeys& journeys, ChannelCode direct);

}  // namespace backcast
