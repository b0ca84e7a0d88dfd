// SPDX-License-Identifier: Apache-2.0
// Dates of cells: the format of a column, and days, ranges and instants read with it.
#include <algorithm>

#include "ingest/cells.h"
#include "ingest/stamp.h"

namespace backcast {
namespace {

constexpr std::int64_t kUnixFrom = 631'152'000, kUnixTo = 4'102'444'800;  // 1990 to 2100
constexpr std::int64_t kMicros = 1'000'000;

std::optional<Day> Civil(int year, int month, int day) {
  const std::chrono::year_month_day civil{std::chrono::year{year},
                                          std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}};
  if (year < 1 || year > 9999 || !civil.ok()) return std::nullopt;
  return Day{civil};
}

/// Microseconds since 1970 of a bare number, in UTC or, for a spreadsheet's days, local.
std::optional<std::int64_t> SerialMicros(const Stamp& stamp, const DateFormat& format) {
  switch (format.serial) {
    case DateFormat::Serial::kUnixSeconds:
      return stamp.serial_digits >= 9 && stamp.serial_digits <= 10 ? std::optional(stamp.serial * kMicros)
                                                                   : std::nullopt;
    case DateFormat::Serial::kUnixMillis:
      return stamp.serial_digits >= 12 && stamp.serial_digits <= 13 ? std::optional(stamp.serial * 1000)
                                                                    : std::nullopt;
    case DateFormat::Serial::kExcel:
      if (stamp.serial < 1 || stamp.serial > 2'958'465) return std::nullopt;
      return (stamp.serial - (stamp.serial < 60 ? 25568 : 25569)) * 86400 * kMicros + stamp.serial_micros;
    case DateFormat::Serial::kNone:
      return std::nullopt;
  }
  return std::nullopt;
}

/// The first day that a stamp means; the day of a month alone is its first.
std::optional<Day> DayOf(const Stamp& stamp, const DateFormat& format) {
  if (stamp.form == Stamp::Form::kSerial) {
    const auto micros = SerialMicros(stamp, format);
    if (!micros) return std::nullopt;
    return std::chrono::floor<std::chrono::days>(Instant{std::chrono::microseconds{*micros}});
  }
  const int year = stamp.year > 0 ? stamp.year : format.year;
  if (year == 0) return std::nullopt;
  int month = stamp.month, day = stamp.day;
  if (stamp.form == Stamp::Form::kSlashed) {
    const bool day_first =
        format.order == DateFormat::Order::kDayFirst ? stamp.second <= 12 : stamp.first > 12;
    month = day_first ? stamp.second : stamp.first;
    day = day_first ? stamp.first : stamp.second;
  }
  return Civil(year, month, day > 0 ? day : 1);
}

/// A year that surely has the day, to judge cells without one.
DateFormat Judging() {
  DateFormat format;
  format.year = 2024;
  return format;
}

struct Evidence {
  std::size_t cells = 0, dates = 0, slashed = 0, day_first = 0, month_first = 0, seconds = 0, millis = 0,
              compact = 0, bare = 0;
  bool without_year = false, with_time = false, with_offset = false;

  void Add(std::string_view cell) {
    ++cells;
    auto stamp = ReadStamp(cell);
    if (!stamp) {
      if (const auto range = ReadStampRange(cell)) stamp = range->from;
    }
    if (!stamp) return;
    if (stamp->form == Stamp::Form::kSerial) {
      ++bare;
      seconds += stamp->serial_digits == 10 && stamp->serial >= kUnixFrom && stamp->serial < kUnixTo &&
                 stamp->serial_micros == 0;
      millis +=
          stamp->serial_digits == 13 && stamp->serial / 1000 >= kUnixFrom && stamp->serial / 1000 < kUnixTo;
      return;
    }
    if (!DayOf(*stamp, Judging())) return;
    ++dates;
    if (stamp->form == Stamp::Form::kSlashed) {
      ++slashed;
      day_first += stamp->first > 12;
      month_first += stamp->second > 12;
    }
    without_year = without_year || stamp->year == 0;
    with_time = with_time || stamp->has_time;
    with_offset = with_offset || stamp->offset_minutes.has_value();
  }
};

}  // namespace

std::optional<DateFormat> GuessDates(std::span<const std::string_view> cells) {
  Evidence seen;
  for (const std::string_view cell : cells) {
    const std::string_view text = Trim(cell);
    if (!text.empty() && text != "-" && text != "--") seen.Add(text);
  }
  if (seen.cells == 0) return std::nullopt;
  DateFormat format;
  const auto most = [&](std::size_t count) { return count * 10 >= seen.cells * 9; };
  if (most(seen.seconds) || most(seen.millis)) {
    format.serial = most(seen.seconds) ? DateFormat::Serial::kUnixSeconds : DateFormat::Serial::kUnixMillis;
    format.with_time = format.with_offset = true;
    return format;
  }
  if (!most(seen.dates)) return std::nullopt;
  format.order =
      seen.day_first > seen.month_first ? DateFormat::Order::kDayFirst : DateFormat::Order::kMonthFirst;
  format.ambiguous = seen.slashed > 0 && seen.day_first + seen.month_first == 0;
  format.mixed = seen.day_first > 0 && seen.month_first > 0;
  format.shows_order = seen.day_first + seen.month_first > 0 && !format.mixed;
  format.without_year = seen.without_year;
  format.with_time = seen.with_time;
  format.with_offset = seen.with_offset;
  return format;
}

std::optional<Day> ReadDay(std::string_view cell, const DateFormat& format) {
  if (const auto stamp = ReadStamp(cell)) return DayOf(*stamp, format);
  if (const auto range = ReadStampRange(cell)) return DayOf(range->from, format);
  return std::nullopt;
}

std::optional<Window> ReadDayRange(std::string_view cell, const DateFormat& format) {
  const auto stamp = ReadStamp(cell);
  const auto range = stamp ? std::nullopt : ReadStampRange(cell);
  if (!stamp && !range) return std::nullopt;
  const Stamp& last = stamp ? *stamp : range->to;
  const auto from = DayOf(stamp ? *stamp : range->from, format);
  auto to = DayOf(last, format);
  if (!from || !to) return std::nullopt;
  if (last.form == Stamp::Form::kKnown && last.day == 0) {
    const std::chrono::year_month_day civil{*to};
    to = Day{civil.year() / civil.month() / std::chrono::last};
  }
  if (*to < *from) return std::nullopt;
  return Window{*from, *to + std::chrono::days{1}};
}

std::optional<Instant> ReadInstant(std::string_view cell, const DateFormat& format, const Zone& zone) {
  const auto stamp = ReadStamp(cell);
  if (!stamp) return std::nullopt;
  if (stamp->form == Stamp::Form::kSerial) {
    const auto micros = SerialMicros(*stamp, format);
    if (!micros) return std::nullopt;
    if (format.serial != DateFormat::Serial::kExcel) return Instant{std::chrono::microseconds{*micros}};
    return zone.FromLocal(
        std::chrono::local_time<std::chrono::microseconds>{std::chrono::microseconds{*micros}});
  }
  const auto day = DayOf(*stamp, format);
  if (!day || (stamp->form == Stamp::Form::kKnown && stamp->day == 0)) return std::nullopt;
  const auto since =
      std::chrono::microseconds{day->time_since_epoch()} + std::chrono::microseconds{stamp->micros};
  if (stamp->offset_minutes) return Instant{since - std::chrono::minutes{*stamp->offset_minutes}};
  return zone.FromLocal(std::chrono::local_time<std::chrono::microseconds>{since});
}

}  // namespace backcast
