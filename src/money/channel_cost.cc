// SPDX-License-Identifier: Apache-2.0
#include "money/channel_cost.h"

#include <algorithm>
#include <cmath>

#include "money/cost_ratio.h"

namespace backcast {

std::optional<double> HeadlineCount(const ChannelCounts& counts, Headline headline) {
  return headline == Headline::kTargeted ? counts.targeted : counts.all;
}

CostPer CostPerOne(const std::optional<double>& cost, const std::optional<double>& count, double dispersion) {
  CostPer per;
  if (!count) {
    per.why_not = "the count is not reported";
    return per;
  }
  per.n = std::llround(*count);
  if (!cost || *cost == 0) {
    per.why_not = "no cost is booked";
  } else if (*cost < 0) {
    per.why_not = "credits outweigh the costs";
  } else if (*count < kCountToShow) {
    per.too_few = true;
    per.why_not =
        "have " + std::to_string(per.n) + ", need about " + std::to_string(static_cast<int>(kCountToShow));
  } else if (auto interval = CostPerWithin({*cost, *count, dispersion}); interval.ok()) {
    per.value = *cost / *count;
    per.interval = interval.value();
  } else {
    per.why_not = interval.error().what;
  }
  return per;
}

void SpreadShared(std::vector<ChannelCost>& channels, CostSpread spread) {
  if (spread == CostSpread::kNone) return;
  const auto of_none = std::find_if(channels.begin(), channels.end(),
                                    [](const ChannelCost& one) { return one.channel.empty(); });
  if (of_none == channels.end() || !of_none->cost.full) return;
  const auto weight = [&](const ChannelCost& one) {
    if (one.channel.empty() || !one.cost.withheld.empty()) return 0.0;
    if (spread == CostSpread::kSpend) return std::max(0.0, one.cost.full.value_or(0));
    return one.cost.full || one.counts.all.value_or(0) > 0 ? 1.0 : 0.0;
  };
  double weights = 0;
  for (const ChannelCost& one : channels) weights += weight(one);
  if (weights <= 0) return;
  const double shared = *of_none->cost.full;
  for (ChannelCost& one : channels) {
    const double share = shared * weight(one) / weights;
    if (share == 0) continue;
    one.cost.shared = share;
    one.cost.full = one.cost.full.value_or(0) + share;
  }
  of_none->cost.shared = -shared;
  of_none->cost.full = 0;
}

}  // namespace backcast
