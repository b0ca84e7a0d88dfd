// SPDX-License-Identifier: Apache-2.0
#include "attribution/path_table.h"

#include <utility>

namespace backcast {

void PathTable::Add(std::vector<ChannelCode> path, double converting, double value, double not_converting) {
  ShapePath(rules_, direct_, path, nullptr, shaped_, converting + not_converting);
  const std::uint32_t at = index_.Of(path);
  journeys_.converting[at] += converting;
  journeys_.alone_converting[at] += converting;
  journeys_.value[at] += value;
  journeys_.not_converting[at] += not_converting;
  journeys_.alone_not_converting[at] += not_converting;
  journeys_.persons += converting + not_converting;
}

Journeys PathTable::Finish() { return std::exchange(journeys_, Journeys{}); }

}  // namespace backcast
