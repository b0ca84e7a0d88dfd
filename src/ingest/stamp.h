// SPDX-License-Identifier: Apache-2.0
// The parts of one written date, before it is known which number is the month.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace backcast {

struct Stamp {
  enum class Form : std::uint8_t {
    kKnown,    ///< year, month, day say which is which
    kSlashed,  ///< first and second are day and month in an order that the column decides
    kSerial,   ///< a bare number
  };
  Form form = Form::kKnown;
  int year = 0;  ///< 0 = not written
  int month = 0;
  int day = 0;  ///< 0 = not written: a month
  int first = 0, second = 0;
  std::int64_t serial = 0;
  int serial_digits = 0;
  std::int64_t serial_micros = 0;  ///< the fraction of a serial day, in microseconds of that day
  bool has_time = false;
  std::int64_t micros = 0;  ///< since midnight
  std::optional<int> offset_minutes;
};

/// One date or instant, from the first to the last character.
std::optional<Stamp> ReadStamp(std::string_view text);

/// The two ends of "8 Jul 2025 - 31 Jul 2025"; nothing when the cell is no range.
struct StampRange {
  Stamp from, to;
};
std::optional<StampRange> ReadStampRange(std::string_view text);

}  // namespace backcast
