// SPDX-License-Identifier: Apache-2.0
// How long something took, by a named clock. The calendar clock always runs; the business clock runs while
// the desk is open: the integral of "open" between two instants (METHODS 1), over intervals of real time, so
// that an hour that is skipped or comes twice counts as what it was.
#pragma once

#include <cstdint>
#include <vector>

#include "care/business_hours.h"

namespace backcast {

class BusinessClock {
 public:
  /// Opens on every local day of `days`; before and after them the clock stands. Hours that overlap count
  /// once.
  BusinessClock(const BusinessHours& hours, const Window& days);

  /// Microseconds in which the desk was open, 0 when `to` is not after `from`. Adds up: of three instants in
  /// order, the two parts are exactly the whole.
  std::int64_t Between(Instant from, Instant to) const;

 private:
  std::int64_t OpenUntil(Instant at) const;

  struct Stretch {
    Instant from, to;
    std::int64_t before;  ///< microseconds open until `from`
  };
  std::vector<Stretch> open_;
};

}  // namespace backcast
