// SPDX-License-Identifier: Apache-2.0
#include "attribution/path_shape.h"

#include <algorithm>

namespace backcast {

void ShapePath(const JourneyRules& rules, ChannelCode direct, std::vector<ChannelCode>& path,
               std::vector<std::int64_t>* times, ShapedPaths& shaped, double journeys) {
  if (rules.drop_direct || rules.collapse) {
    const bool other =
        std::any_of(path.begin(), path.end(), [direct](ChannelCode channel) { return channel != direct; });
    std::size_t kept = 0;
    for (std::size_t touch = 0; touch < path.size(); ++touch) {
      if (rules.drop_direct && other && path[touch] == direct) {
        shaped.direct_dropped += journeys;
        continue;
      }
      if (rules.collapse && kept > 0 && path[kept - 1] == path[touch]) {
        shaped.collapsed += journeys;
        --kept;
      }
      path[kept] = path[touch];
      if (times != nullptr) (*times)[kept] = (*times)[touch];
      ++kept;
    }
    path.resize(kept);
    if (times != nullptr) times->resize(kept);
  }
  const auto most = static_cast<std::size_t>(std::max(0, rules.most_touches));
  if (most == 0 || path.size() <= most) return;
  const auto surplus = static_cast<std::ptrdiff_t>(path.size() - most);
  path.erase(path.begin() + 1, path.begin() + 1 + surplus);
  if (times != nullptr) times->erase(times->begin() + 1, times->begin() + 1 + surplus);
  shaped.cut += journeys;
}

}  // namespace backcast
