// SPDX-License-Identifier: Apache-2.0
// Text of exports: comma-separated rows, numbers and dates in the spellings of the platforms, other
// encodings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"

namespace backcast::demo {

/// A file to be written, by its path relative to the demo's folder.
struct DemoFile {
  std::string path, bytes;
};
using DemoFiles = std::vector<DemoFile>;

/// Builds one table. Cells are quoted when they must be, or always.
class Csv {
 public:
  enum class Quotes : std::uint8_t { kNeeded, kAlways };
  explicit Csv(const std::vector<std::string>& header, Quotes quotes = Quotes::kNeeded,
               std::string_view preamble = "");
  /// One row, as wide as the header.
  void Row(const std::vector<std::string>& cells);
  const std::string& text() const { return text_; }

 private:
  Quotes quotes_;
  std::size_t columns_;
  std::string text_;
};

std::string Whole(std::int64_t value);
std::string Thousands(std::int64_t value);       ///< 25,881
std::string Money(std::int64_t cents);           ///< 1234.50
std::string MoneyThousands(std::int64_t cents);  ///< 1,234.50
std::string Fixed(double value, int decimals);
std::string Shortest(double value);                          ///< as few digits as give the same number back
std::string Percent(std::int64_t part, std::int64_t whole);  ///< 3.21%

std::string Clock(int minute);     ///< 07:05
std::string Compact(Day day);      ///< 20260331
std::string UsNumeric(Day day);    ///< 03/31/2026
std::string UsWords(Day day);      ///< Mar 31, 2026
std::string UsLongWords(Day day);  ///< March 31, 2026
std::string Dashed(Day day);       ///< Mar-31-2026
/// 2026-03-31 18:04:00 +0200 in Berlin's zone.
std::string WithOffset(Day day, int minute, int second);
/// The same moment as 2026-03-31 16:04, in UTC.
std::string InUtc(Day day, int minute);

/// UTF-16LE with its byte order mark, from valid UTF-8.
std::string ToUtf16(std::string_view utf8);
inline constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

/// Calendar quarters that touch the window, cut to it.
std::vector<Window> Quarters(const Window& window);

}  // namespace backcast::demo
