// SPDX-License-Identifier: Apache-2.0
#include "attribution/path_shares.h"

namespace backcast {
namespace {

double PositionWeight(std::size_t touch, std::size_t touches) {
  if (touches <= 2) return 1.0 / static_cast<double>(touches);
  return touch == 0 || touch + 1 == touches ? 0.4 : 0.2 / static_cast<double>(touches - 2);
}

}  // namespace

PathShares SharesOf(const Journeys& journeys, ChannelCode direct) {
  PathShares all;
  std::vector<std::uint32_t> entry_of(kMostChannels + 1);  // of a channel, plus one; of this path when > from
  for (std::size_t path = 0; path < journeys.paths(); ++path) {
    if (journeys.converting[path] <= 0) continue;
    const auto touches = journeys.Path(path);
    PathShares::Path one{static_cast<std::uint32_t>(path),
                         touches.front(),
                         touches.back(),
                         touches.back(),
                         static_cast<std::uint32_t>(all.shares.size()),
                         0};
    for (std::size_t touch = 0; touch < touches.size(); ++touch) {
      const ChannelCode channel = touches[touch];
      if (channel != direct) one.last_non_direct = channel;
      if (entry_of[channel] <= one.from) {
        all.shares.push_back({channel, 0, 0, 0});
        entry_of[channel] = static_cast<std::uint32_t>(all.shares.size());
      }
      PathShare& share = all.shares[entry_of[channel] - 1];
      share.linear += 1.0 / static_cast<double>(touches.size());
      share.position += PositionWeight(touch, touches.size());
    }
    one.to = static_cast<std::uint32_t>(all.shares.size());
    for (std::uint32_t at = one.from; at < one.to; ++at) all.shares[at].distinct = 1.0 / (one.to - one.from);
    all.paths.push_back(one);
  }
  return all;
}

}  // namespace backcast
