// SPDX-License-Identifier: Apache-2.0
// Whether an issue is suddenly talked about: the last hour and the last day against the same stretch of
// earlier weeks. Pure. METHODS 12.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace backcast {

inline constexpr std::int64_t kHourMicros = 3'600'000'000, kDayMicros = 24 * kHourMicros;
/// Whole weeks of the past that an alarm needs; at most so many are looked at.
inline constexpr int kFewestVelocityWeeks = 4, kMostVelocityWeeks = 26;
inline constexpr double kVelocityCount = 5, kVelocityTail = 1e-4;

struct Velocity {
  double count = 0;                ///< mentions in the last stretch
  std::optional<double> expected;  ///< mean of the same stretch of earlier weeks; nothing with too few weeks
  double tail = 1;                 ///< chance of as many or more
  int weeks = 0;                   ///< of the past that were looked at
  bool alarm = false;              ///< tail below 1e-4 and at least 5
};

/// `instants` (microseconds, any order) of one issue; the stretch is (end - length, end], its past the same
/// stretch 1, 2, ... weeks earlier as far as it begins at or after `first`, weighed by halves per week
/// (half-life 7 days). The mean of a few weeks is itself a matter of chance, so the tail is that of the gamma
/// and Poisson mixture with as many weeks behind it as the weights are worth; with many weeks that is the
/// Poisson tail.
Velocity VelocityOf(std::span<const std::int64_t> instants, std::int64_t first, std::int64_t end,
                    std::int64_t length);

}  // namespace backcast
