// SPDX-License-Identifier: Apache-2.0
#include "attribution/poisson_draws.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "measure/random.h"

namespace backcast {

LaneRandom::LaneRandom(std::span<const std::uint64_t, kLanes> seeds) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    Random words(seeds[lane]);
    for (auto& state : state_) state[lane] = static_cast<std::uint32_t>(words.Next() >> 32U);
  }
}

void LaneRandom::Next(std::int32_t* bits) {
  auto& [a, b, c, d] = state_;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    bits[lane] = static_cast<std::int32_t>((std::rotl(a[lane] + d[lane], 7) + a[lane]) >> 1U);
    const std::uint32_t shifted = b[lane] << 9U;
    c[lane] ^= a[lane];
    d[lane] ^= b[lane];
    b[lane] ^= c[lane];
    a[lane] ^= d[lane];
    c[lane] ^= shifted;
    d[lane] = std::rotl(d[lane], 11);
  }
}

// From the mode outwards, so that no term vanishes for a large mean.
PoissonDraws::Table PoissonDraws::Make(double mean) {
  const double reach = 8 * std::sqrt(mean) + 14, least = std::max(0.0, std::floor(mean - reach));
  const auto size = static_cast<std::size_t>(std::ceil(mean + reach) - least) + 1;
  std::vector<double> chance(size);
  const auto mode = static_cast<std::size_t>(std::floor(mean) - least);
  chance[mode] = 1;
  for (std::size_t at = mode; at > 0; --at)
    chance[at - 1] = chance[at] * (least + static_cast<double>(at)) / mean;
  for (std::size_t at = mode + 1; at < size; ++at)
    chance[at] = chance[at - 1] * mean / (least + static_cast<double>(at));
  double sum = 0;
  for (const double each : chance) sum += each;
  Table table{least, {}};
  double below = 0;
  for (const double each : chance) {
    below += each / sum;
    table.below.push_back(static_cast<std::int32_t>(std::min(below * 0x1.0p31, 2147483647.0)));
  }
  table.below.back() = std::numeric_limits<std::int32_t>::max();
  return table;
}

PoissonDraws::PoissonDraws() {
  const Table table = Make(1);
  std::copy_n(table.below.begin(), one_.size(), one_.begin());
}

void PoissonDraws::One(LaneRandom& random, double* counts) const {
  std::int32_t bits[kLanes], count[kLanes] = {};
  random.Next(bits);
  for (const std::int32_t below : one_) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) count[lane] += bits[lane] >= below ? 1 : 0;
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) counts[lane] = count[lane];
}

const PoissonDraws::Table& PoissonDraws::TableOf(double mean) {
  constexpr std::size_t kSmall = 256;
  const auto key = static_cast<std::size_t>(mean);
  if (key >= kSmall) {
    auto [found, is_new] = large_.try_emplace(static_cast<std::int64_t>(key));
    if (is_new) found->second = Make(mean);
    return found->second;
  }
  if (small_.empty()) small_.resize(kSmall);
  if (small_[key].below.empty()) small_[key] = Make(mean);
  return small_[key];
}

void PoissonDraws::Sum(double persons, LaneRandom& random, double* counts) {
  if (persons == 1) return One(random, counts);
  if (persons <= 0) {
    std::fill_n(counts, kLanes, 0.0);
    return;
  }
  const Table& table = TableOf(std::min(persons, kLargest));
  std::int32_t bits[kLanes];
  random.Next(bits);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const auto at = std::upper_bound(table.below.begin(), table.below.end() - 1, bits[lane]);
    counts[lane] = table.least + static_cast<double>(at - table.below.begin());
  }
  if (persons <= kLargest) return;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const double away = (counts[lane] - kLargest) * std::sqrt(persons / kLargest);
    counts[lane] = std::max(0.0, std::round(persons + away));
  }
}

}  // namespace backcast
