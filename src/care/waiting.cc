// SPDX-License-Identifier: Apache-2.0
#include "care/waiting.h"

#include <algorithm>

namespace backcast {
namespace {

constexpr int kFewestForVerdict = 20;

WaitingTime Quantile(std::span<const Wait> waits, double q, int ended, int fewest) {
  WaitingTime answer;
  auto time = KaplanMeierQuantile(waits, q);
  const int have = time.ok() && !time.value().value ? static_cast<int>(waits.size()) : ended;
  if (!time.ok() || have < fewest) {
    answer.needs = "have " + std::to_string(ended) + " that ended of " + std::to_string(waits.size()) +
                   ", need about " + std::to_string(fewest);
    return answer;
  }
  answer.time = time.value();
  return answer;
}

}  // namespace

WaitingTimes ReadWaiting(std::span<const Wait> waits) {
  WaitingTimes waiting;
  waiting.items = static_cast<int>(waits.size());
  for (const Wait& wait : waits) {
    waiting.ended += wait.ended;
    if (!wait.ended) waiting.longest_open = std::max(waiting.longest_open, wait.time);
  }
  waiting.median = Quantile(waits, 0.5, waiting.ended, kFewestForMedianTime);
  waiting.p90 = Quantile(waits, 0.9, waiting.ended, kFewestForP90Time);
  return waiting;
}

KeptPromise ReadPromise(std::span<const Wait> waits, double seconds, double at_least) {
  KeptPromise kept;
  if (waits.empty()) {
    kept.needs = "nobody waited";
    return kept;
  }
  auto within = ShareEndedWithin(waits, seconds);
  if (!within.ok()) {
    kept.needs = "nobody was observed for that long";
    return kept;
  }
  kept.within = within.value();
  if (at_least <= 0 || kept.within->items < kFewestForVerdict) return kept;
  kept.verdict = kept.within->interval.low >= at_least   ? StandardVerdict::kReached
                 : kept.within->interval.high < at_least ? StandardVerdict::kNotReached
                                                         : StandardVerdict::kCannotTell;
  return kept;
}

}  // namespace backcast
