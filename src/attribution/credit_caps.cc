// SPDX-License-Identifier: Apache-2.0
#include "attribution/credit_caps.h"

#include <algorithm>

namespace backcast {
namespace {

bool Caps(const CreditCap& cap, int channel) {
  return std::find(cap.channels.begin(), cap.channels.end(), channel) != cap.channels.end();
}

}  // namespace

std::vector<CappedCredit> CapCredit(const ModelCredit& model, std::span<const CreditCap> caps) {
  std::vector<double> kept(model.channels.size(), 1);
  std::vector<CappedCredit> capped(model.channels.size());
  for (std::size_t cap = 0; cap < caps.size(); ++cap) {
    double together = 0;
    for (const ChannelCredit& one : model.channels)
      together += Caps(caps[cap], one.channel) ? std::max(0.0, one.credit) : 0;
    if (together <= caps[cap].most) continue;
    const double part = caps[cap].most / together;
    for (std::size_t at = 0; at < kept.size(); ++at) {
      const ChannelCredit& one = model.channels[at];
      if (!Caps(caps[cap], one.channel) || one.credit <= 0 || part >= kept[at]) continue;
      kept[at] = part;
      capped[at].cap = static_cast<int>(cap);
    }
  }
  for (std::size_t at = 0; at < kept.size(); ++at) {
    const ChannelCredit& one = model.channels[at];
    capped[at].credit = one.credit * kept[at];
    capped[at].value = one.value * kept[at];
    capped[at].set_aside = one.credit - capped[at].credit;
    capped[at].value_set_aside = one.value - capped[at].value;
  }
  return capped;
}

}  // namespace backcast
