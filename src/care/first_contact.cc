// SPDX-License-Identifier: Apache-2.0
#include "care/first_contact.h"

#include <algorithm>
#include <tuple>

namespace backcast {

namespace {

constexpr double kChain = kChainDays * 86400;

void Judge(FirstContact& first) {
  if (const auto share = WilsonInterval(first.settled, first.chains); share.ok()) first.share = share.value();
}

}  // namespace

FirstContacts ReadFirstContacts(std::span<const Contact> contacts, double seen_until) {
  std::vector<const Contact*> ordered;
  for (const Contact& contact : contacts) ordered.push_back(&contact);
  std::sort(ordered.begin(), ordered.end(), [](const Contact* a, const Contact* b) {
    return std::tie(a->chain, a->opened, a->settled, a->group) <
           std::tie(b->chain, b->opened, b->settled, b->group);
  });
  const auto goes_on = [&](std::size_t i) {
    return i + 1 < ordered.size() && ordered[i]->chain == ordered[i + 1]->chain &&
           ordered[i + 1]->opened - ordered[i]->opened <= kChain;
  };
  FirstContacts first;
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    const bool begins = i == 0 || !goes_on(i - 1);
    if (!begins || !ordered[i]->asked) continue;
    const bool young = seen_until - ordered[i]->opened < kChain;
    const bool settled = !young && ordered[i]->settled && !goes_on(i);
    for (FirstContact* into : {&first.whole, &first.groups[ordered[i]->group]}) {
      into->young += young;
      into->chains += !young;
      into->settled += settled;
    }
  }
  Judge(first.whole);
  for (auto& [name, group] : first.groups) Judge(group);
  return first;
}

}  // namespace backcast
