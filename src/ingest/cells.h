// SPDX-License-Identifier: Apache-2.0
// What one text cell of an export means: numbers, money, durations, flags, days, instants. Free of locale and
// of platform; every function trims blanks (also no-break ones) and is total: nothing means "this cell is not
// one". The style of a column is found once from its cells and then given to every read.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/zone.h"

namespace backcast {

// ---- numbers
// ---------------------------------------------------------------------------------------------------

/// How a column writes numbers: 1,234.5 (point) or 1.234,5 (comma). kAuto takes each cell by itself and reads
/// only what cannot mean two things, with "1,234" as 1234 and "1.234" as 1.234.
enum class NumberStyle : std::uint8_t { kPoint, kComma, kAuto };

/// The style that all cells of a column agree on, other cells ("--", words) left aside. A column that could
/// be either
/// ("1,234" and whole numbers only) is kPoint. Never kAuto.
NumberStyle GuessStyle(std::span<const std::string_view> cells);

/// A whole number: "25,881", "1 200", "215.0", "-3", "+4". Fractions, exponents and anything over int64 are
/// refused.
std::optional<std::int64_t> ReadCount(std::string_view cell, NumberStyle style = NumberStyle::kAuto);

/// Any finite number, also "1.5E-05". No "%", no currency, no NaN.
std::optional<double> ReadNumber(std::string_view cell, NumberStyle style = NumberStyle::kAuto);

/// Money in exact ten-thousandths: "$1,234.50" -> 12345000, "1.200,00 EUR", "(12.34)" and "12.34-" are
/// negative. Currency signs and three-letter codes around the number are allowed. More than 4 decimals round
/// half away from zero; what DECIMAL(18,4) cannot hold is refused.
std::optional<std::int64_t> ReadMoney(std::string_view cell, NumberStyle style = NumberStyle::kAuto);

/// What a share without a "%" sign means; with the sign it is always a percentage.
enum class PercentKind : std::uint8_t { kPercent, kFraction };

/// A ratio: "77.77%" -> 0.7777; "5.02" -> 0.0502 as kPercent, "0.0344" -> 0.0344 as kFraction. "< 10%" is
/// refused.
std::optional<double> ReadPercent(std::string_view cell, PercentKind kind,
                                  NumberStyle style = NumberStyle::kAuto);

/// Seconds: "0:04:34", "4:34" (minutes:seconds), "1d 2h", "3m 20s", "2 hours", "PT4M34S", "274" and "274.5".
std::optional<double> ReadDuration(std::string_view cell, NumberStyle style = NumberStyle::kAuto);

/// true/false, yes/no, y/n, t/f, 1/0, on/off, in any case.
std::optional<bool> ReadFlag(std::string_view cell);

/// The cell without blanks around it: space, tab, line ends, no-break spaces, byte order mark.
std::string_view Trim(std::string_view cell);

// ---- days and instants
// -----------------------------------------------------------------------------------------

/// How a column writes dates, found by GuessDates; the caller may set the rest.
struct DateFormat {
  enum class Order : std::uint8_t { kMonthFirst, kDayFirst };
  enum class Serial : std::uint8_t { kNone, kUnixSeconds, kUnixMillis, kExcel };
  Order order = Order::kMonthFirst;  ///< of 02/03/2025; forms with the year first or a month's name need none
  Serial serial = Serial::kNone;     ///< what a bare number means, besides 20231010; kExcel is never guessed
  bool ambiguous = false;            ///< no cell tells 02/03/2025 apart: say so
  bool mixed = false;                ///< some cells can only have the day first, others only the month
  bool shows_order = false;          ///< cells tell 02/03/2025 apart, and agree
  bool without_year = false;         ///< "April 12", "8 de marzo": set `year`, or nothing can be read
  bool with_time = false;            ///< some cell has a time of day
  bool with_offset = false;          ///< some cell states its offset from UTC
  int year = 0;                      ///< given by the caller for cells without one; 0 = none
};

/// The format of a column of dates. Nothing when fewer than nine in ten of the non-empty cells are dates. A
/// column of bare 8-digit numbers is YYYYMMDD when all of them are days that exist, of 10 (13) digits unix
/// seconds (millis).
std::optional<DateFormat> GuessDates(std::span<const std::string_view> cells);

/// The day that is written, as it is written: no zone is applied, the time of day is ignored. Unix seconds
/// are taken in UTC. Of a range ("2024-03-01 - 2024-03-11") the first day. Knows all forms of the exports'
/// document: ISO, 2025/10/31, 20231010, 02/16/2025, 16.02.2025, "Tue, Aug 26, 2025", "8 de marzo", "Wed Oct
/// 11 06:55:44 +0000 2017".
std::optional<Day> ReadDay(std::string_view cell, const DateFormat& format);

/// The days of a range, or of one day: half-open. Of a month alone ("2024-03", "March 2024") the whole month.
std::optional<Window> ReadDayRange(std::string_view cell, const DateFormat& format);

/// The instant that is written. An offset in the cell wins; otherwise the local time is taken in `zone`. A
/// day without a time is its midnight in `zone`. Epoch numbers are UTC.
std::optional<Instant> ReadInstant(std::string_view cell, const DateFormat& format, const Zone& zone);

// ---- words
// -----------------------------------------------------------------------------------------------------

/// A value that a spreadsheet destroyed: "#NAME?", "#REF!", "####", "1.23E+17" for an id, "3.яну" or "3-Jan"
/// for 3.1. Ask it only for columns of ids and numbers: "3-Jan" is a good date elsewhere.
bool LooksMangled(std::string_view cell);

}  // namespace backcast
