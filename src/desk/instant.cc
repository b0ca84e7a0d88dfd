// SPDX-License-Identifier: Apache-2.0
#include "desk/instant.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "base/day.h"

namespace backcast {

std::string InstantNow() {
  using std::chrono::seconds;
  std::chrono::sys_seconds now = std::chrono::floor<seconds>(std::chrono::system_clock::now());
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH"))
    now = std::chrono::sys_seconds{seconds{std::atoll(fixed)}};
  const Day day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::hh_mm_ss time(now - day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", ToIso(day), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

}  // namespace backcast
