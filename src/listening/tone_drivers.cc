// SPDX-License-Identifier: Apache-2.0
#include "listening/tone_drivers.h"

#include <cmath>
#include <string>

#include "measure/decompose.h"

namespace backcast {

Result<ToneDrivers> DriversOf(std::span<const TonePair> groups) {
  double now = 0, before = 0;
  for (const TonePair& group : groups) {
    now += group.now.classified();
    before += group.before.classified();
  }
  if (now < kFewestClassified || before < kFewestClassified) {
    return Error{Code::kTooLittle, "", "too few classified mentions to take the change apart",
                 "have " + std::to_string(std::llround(now)) + " now and " +
                     std::to_string(std::llround(before)) + " before, need 50 in each"};
  }
  std::vector<double> weights_before, rates_before, weights_now, rates_now;
  for (const TonePair& group : groups) {
    const auto net_now = NetOf(group.now), net_before = NetOf(group.before);
    const double other = net_now ? net_now->value : net_before ? net_before->value : 0;
    weights_now.push_back(group.now.classified() / now);
    weights_before.push_back(group.before.classified() / before);
    rates_now.push_back(net_now ? net_now->value : other);
    rates_before.push_back(net_before ? net_before->value : other);
    if (!net_now && net_before) rates_now.back() = net_before->value;
  }
  BACKCAST_TRY(const MixRate parts, MixAndRate(weights_before, rates_before, weights_now, rates_now));
  ToneDrivers drivers{parts.before, parts.now, {}};
  for (std::size_t i = 0; i < groups.size(); ++i) drivers.groups.push_back({parts.mix[i], parts.rate[i]});
  return drivers;
}

}  // namespace backcast
