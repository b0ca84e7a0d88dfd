// SPDX-License-Identifier: Apache-2.0
// Instants, and the time zones in which they are read: the system's list of zones, with daylight saving.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/day.h"
#include "base/result.h"

namespace backcast {

/// Microseconds since 1970-01-01 UTC.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// A time zone by its IANA name, with its changes of offset known from 1900 to 2100. Cheap to copy,
/// thread-safe.
class Zone {
 public:
  /// UTC.
  Zone();
  /// Error: kInput when there is no zone of that name.
  static Result<Zone> Open(std::string_view iana);
  /// The instant of a local time. In the hour that is skipped the offset before the change is taken, in the
  /// hour that comes twice the first one.
  Instant FromLocal(std::chrono::local_time<std::chrono::microseconds> local) const;
  /// The calendar day of an instant in this zone.
  Day DayOf(Instant instant) const;
  /// Hour of that day, 0 to 23.
  int HourOf(Instant instant) const;

 private:
  Instant LocalOf(Instant instant) const;

  struct Changes;
  std::shared_ptr<const Changes> changes_;
};

}  // namespace backcast
