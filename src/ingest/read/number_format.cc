// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/number_format.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "base/day.h"

namespace backcast {
namespace {

std::string Shortest(double number, std::string_view stored) {
  // Beyond 15 digits the spreadsheet has already lost some: the stored text shows it, a round number would
  // hide it.
  if (std::abs(number) >= 1e15 || (number != 0 && std::abs(number) < 1e-9)) return std::string(stored);
  char text[64];
  std::snprintf(text, sizeof text, "%.15g", number);
  double again = 0;
  std::from_chars(text, text + std::char_traits<char>::length(text), again);
  const auto end = again == number
                       ? std::to_chars(text, text + sizeof text, again, std::chars_format::fixed)
                       : std::to_chars(text, text + sizeof text, number, std::chars_format::fixed);
  return std::string(text, end.ptr);
}

std::string Clock(std::int64_t seconds) {
  char text[32];
  std::snprintf(text, sizeof text, "%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return text;
}

std::string Percent(double ratio) {
  char text[64];
  std::snprintf(text, sizeof text, "%.15g", ratio * 100);
  return std::string(text) + "%";
}

}  // namespace

CellKind KindOfFormat(std::string_view code) {
  bool day = false, hour = false, elapsed = false, percent = false, month = false;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = static_cast<char>(code[i] | 32);
    if (code[i] == '"') {
      i = code.find('"', i + 1);
      if (i == code.npos) break;
    } else if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
      ++i;
    } else if (code[i] == '[') {
      const std::size_t close = code.find(']', i);
      if (close == code.npos) break;
      const std::string_view inner = code.substr(i + 1, close - i - 1);
      elapsed = elapsed || (!inner.empty() && inner.find_first_not_of("hHmMsS") == inner.npos);
      i = close;
    } else {
      day = day || c == 'y' || c == 'd';
      hour = hour || c == 'h' || c == 's';
      month = month || c == 'm';
      percent = percent || c == '%';
      if (code.substr(i).starts_with("General")) i += 6;
    }
  }
  if (elapsed) return CellKind::kElapsed;
  if (day) return hour ? CellKind::kDateTime : CellKind::kDate;
  if (hour) return CellKind::kTime;
  if (month) return CellKind::kDate;
  return percent ? CellKind::kPercent : CellKind::kNumber;
}

CellKind KindOfBuiltIn(int number_format) {
  const int n = number_format;
  if (n == 9 || n == 10) return CellKind::kPercent;
  if ((n >= 14 && n <= 17) || (n >= 27 && n <= 31) || n == 36 || (n >= 50 && n <= 54) || n == 57 || n == 58)
    return CellKind::kDate;
  if ((n >= 18 && n <= 21) || (n >= 32 && n <= 35) || n == 55 || n == 56) return CellKind::kTime;
  if (n == 22) return CellKind::kDateTime;
  if (n >= 45 && n <= 47) return CellKind::kElapsed;
  return CellKind::kNumber;
}

std::string CellText(std::string_view stored, CellKind kind, bool from_1904) {
  double number = 0;
  const auto [rest, fault] = std::from_chars(stored.data(), stored.data() + stored.size(), number);
  if (fault != std::errc() || rest != stored.data() + stored.size() || !std::isfinite(number))
    return std::string(stored);
  if (kind == CellKind::kNumber) return Shortest(number, stored);
  if (kind == CellKind::kPercent) return Percent(number);
  if (number < 0 || number > 2958466) return Shortest(number, stored);  // no day of the calendar
  const std::int64_t seconds = std::llround(number * 86400);
  if (kind == CellKind::kElapsed || (kind == CellKind::kTime && number < 1)) return Clock(seconds);
  std::int64_t days = seconds / 86400;
  if (from_1904) {
    days -= 24107;
  } else {
    days -= days < 60 ? 25568 : 25569;  // 1900 had no 29 February, spreadsheets think
  }
  std::string date = ToIso(Day{std::chrono::days{days}});
  if (kind == CellKind::kDate && seconds % 86400 == 0) return date;
  return date + "T" + Clock(seconds % 86400);
}

}  // namespace backcast
