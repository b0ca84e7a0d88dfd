// SPDX-License-Identifier: Apache-2.0
#include "attribution/journeys.h"

#include <algorithm>
#include <numeric>

namespace backcast {
namespace {

std::uint64_t HashOf(std::span<const ChannelCode> path) {
  std::uint64_t hash = 0x9e3779b97f4a7c15ULL * (path.size() + 1);
  for (const ChannelCode channel : path) hash = (hash ^ channel) * 0xff51afd7ed558ccdULL;
  hash ^= hash >> 32U;
  return hash * 0xc4ceb9fe1a85ec53ULL;
}

constexpr std::uint64_t kUpper = 0xffffffff00000000ULL;

}  // namespace

JourneyTotals TotalsOf(const Journeys& journeys) {
  JourneyTotals totals;
  for (std::size_t path = 0; path < journeys.paths(); ++path) {
    totals.conversions += journeys.converting[path];
    totals.journeys += journeys.converting[path] + journeys.not_converting[path];
    totals.value += journeys.value[path];
  }
  return totals;
}

void SortConversions(Journeys& journeys) {
  std::vector<std::uint32_t> from(journeys.paths() + 1);
  for (const TimedConversion& conversion : journeys.conversions) ++from[conversion.path + 1];
  std::partial_sum(from.begin(), from.end(), from.begin());
  std::vector<TimedConversion> sorted(journeys.conversions.size());
  std::vector<std::uint32_t> place(journeys.conversions.size());
  for (std::size_t at = 0; at < journeys.conversions.size(); ++at) {
    place[at] = from[journeys.conversions[at].path]++;
    sorted[place[at]] = journeys.conversions[at];
  }
  for (PersonJourney& made : journeys.several) {
    if (made.conversion != kNotConverted) made.conversion = place[made.conversion];
  }
  journeys.conversions = std::move(sorted);
}

std::uint32_t PathIndex::Of(std::span<const ChannelCode> path) {
  const std::uint64_t hash = HashOf(path), mask = slots_.size() - 1;
  std::size_t at = (hash >> 20U) & mask;
  for (; slots_[at] != kFree; at = (at + 1) & mask) {
    if ((slots_[at] & kUpper) != (hash & kUpper)) continue;
    const auto number = static_cast<std::uint32_t>(slots_[at]);
    const std::span<const ChannelCode> known = journeys_.Path(number);
    if (std::equal(known.begin(), known.end(), path.begin(), path.end())) return number;
  }
  const auto number = static_cast<std::uint32_t>(journeys_.paths());
  slots_[at] = (hash & kUpper) | number;
  journeys_.touches.insert(journeys_.touches.end(), path.begin(), path.end());
  journeys_.offsets.push_back(static_cast<std::uint32_t>(journeys_.touches.size()));
  for (auto* counts : {&journeys_.converting, &journeys_.value, &journeys_.not_converting,
                       &journeys_.alone_converting, &journeys_.alone_not_converting}) {
    counts->push_back(0);
  }
  if (2 * journeys_.paths() > slots_.size()) Grow();
  return number;
}

void PathIndex::Grow() {
  slots_.assign(slots_.size() * 2, kFree);
  const std::uint64_t mask = slots_.size() - 1;
  for (std::size_t path = 0; path < journeys_.paths(); ++path) {
    const std::uint64_t hash = HashOf(journeys_.Path(path));
    std::size_t at = (hash >> 20U) & mask;
    while (slots_[at] != kFree) at = (at + 1) & mask;
    slots_[at] = (hash & kUpper) | path;
  }
}

}  // namespace backcast
