// SPDX-License-Identifier: Apache-2.0
#include "care/clock.h"

#include <algorithm>

namespace backcast {
namespace {

Instant At(const Zone& zone, Day day, int minute) {
  const std::chrono::local_time<std::chrono::microseconds> local{day.time_since_epoch() +
                                                                 std::chrono::minutes{minute}};
  return zone.FromLocal(local);
}

}  // namespace

BusinessClock::BusinessClock(const BusinessHours& hours, const Window& days) {
  for (Day day = days.from; day < days.to; day += std::chrono::days{1}) {
    if (hours.holidays.contains(day)) continue;
    const unsigned weekday = std::chrono::weekday{day}.iso_encoding() - 1;
    for (const OpenMinutes& span : hours.week[weekday]) {
      const Instant from = At(hours.zone, day, span.from), to = At(hours.zone, day, span.to);
      // Hours inside the one that is skipped are none.
      if (from < to) open_.push_back({from, to, 0});
    }
  }
  std::sort(open_.begin(), open_.end(), [](const Stretch& a, const Stretch& b) { return a.from < b.from; });
  std::vector<Stretch> merged;
  for (const Stretch& one : open_) {
    if (!merged.empty() && one.from <= merged.back().to) {
      merged.back().to = std::max(merged.back().to, one.to);
    } else {
      merged.push_back(one);
    }
  }
  std::int64_t before = 0;
  for (Stretch& one : merged) {
    one.before = before;
    before += (one.to - one.from).count();
  }
  open_ = std::move(merged);
}

std::int64_t BusinessClock::OpenUntil(Instant at) const {
  const auto next = std::upper_bound(open_.begin(), open_.end(), at,
                                     [](Instant instant, const Stretch& one) { return instant < one.from; });
  if (next == open_.begin()) return 0;
  const Stretch& last = *(next - 1);
  return last.before + (std::min(at, last.to) - last.from).count();
}

std::int64_t BusinessClock::Between(Instant from, Instant to) const {
  return from < to ? OpenUntil(to) - OpenUntil(from) : 0;
}

}  // namespace backcast
