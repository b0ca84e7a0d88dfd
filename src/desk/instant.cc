// SPDX-License-Identifier: Apache-2.0
#include "desk/instant.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "base/day.h"

namespace backcast {

std::chrono::system_clock::time_point Now() {
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH"))
    return std::chrono::system_clock::time_point{std::chrono::seconds{std::atoll(fixed)}};
  return std::chrono::system_clock::now();
}

std::string InstantNow() {
  const auto now = std::chrono::floor<std::chrono::seconds>(Now());
  const Day day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::hh_mm_ss time(now - day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", ToIso(day), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

}  // namespace backcast
