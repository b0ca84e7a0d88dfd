// SPDX-License-Identifier: Apache-2.0
#include "care/first_contact.h"

#include <algorithm>
#include <tuple>

namespace backcast {

FirstContact ReadFirstContact(std::span<const Contact> contacts, double seen_until) {
  constexpr double kChain = kChainDays * 86400;
  std::vector<const Contact*> ordered;
  for (const Contact& contact : contacts) ordered.push_back(&contact);
  std::sort(ordered.begin(), ordered.end(), [](const Contact* a, const Contact* b) {
    return std::tie(a->chain, a->opened, a->settled) < std::tie(b->chain, b->opened, b->settled);
  });
  const auto goes_on = [&](std::size_t i) {
    return i + 1 < ordered.size() && ordered[i]->chain == ordered[i + 1]->chain &&
           ordered[i + 1]->opened - ordered[i]->opened <= kChain;
  };
  FirstContact first;
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    const bool begins = i == 0 || !goes_on(i - 1);
    if (!begins || !ordered[i]->asked) continue;
    if (seen_until - ordered[i]->opened < kChain) {
      ++first.young;
      continue;
    }
    ++first.chains;
    first.settled += ordered[i]->settled && !goes_on(i);
  }
  if (const auto share = WilsonInterval(first.settled, first.chains); share.ok()) first.share = share.value();
  return first;
}

}  // namespace backcast
