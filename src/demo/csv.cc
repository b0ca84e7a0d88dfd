// SPDX-License-Identifier: Apache-2.0
#include "demo/csv.h"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <chrono>

#include "demo/captions.h"

namespace backcast::demo {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};

struct Parts {
  int year;
  unsigned month, day;
  std::string_view name;
};

Parts Split(Day day) {
  const std::chrono::year_month_day date{day};
  const unsigned month{date.month()};
  return {int{date.year()}, month, unsigned{date.day()}, kMonths[month - 1]};
}

std::string Grouped(std::string digits) {
  const std::size_t sign = !digits.empty() && digits[0] == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > sign + 3;) digits.insert(at -= 3, ",");
  return digits;
}

}  // namespace

Csv::Csv(const std::vector<std::string>& header, Quotes quotes, std::string_view preamble)
    : quotes_(quotes), columns_(header.size()), text_(preamble) {
  Row(header);
}

void Csv::Row(const std::vector<std::string>& cells) {
  assert(cells.size() == columns_);
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) text_ += ',';
    first = false;
    if (quotes_ == Quotes::kNeeded && cell.find_first_of(",\"\n\r") == std::string::npos) {
      text_ += cell;
      continue;
    }
    text_ += '"';
    for (const char c : cell) {
      if (c == '"') text_ += '"';
      text_ += c;
    }
    text_ += '"';
  }
  text_ += '\n';
}

std::string Whole(std::int64_t value) { return std::to_string(value); }
std::string Thousands(std::int64_t value) { return Grouped(std::to_string(value)); }

std::string Money(std::int64_t cents) {
  const std::int64_t size = cents < 0 ? -cents : cents;
  return fmt::format("{}{}.{:02}", cents < 0 ? "-" : "", size / 100, size % 100);
}

std::string MoneyThousands(std::int64_t cents) {
  const std::string plain = Money(cents);
  return Grouped(plain.substr(0, plain.size() - 3)) + plain.substr(plain.size() - 3);
}

std::string Fixed(double value, int decimals) { return fmt::format("{:.{}f}", value, decimals); }
std::string Shortest(double value) { return fmt::format("{}", value); }

std::string Percent(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? "0.00%"
                    : Fixed(100.0 * static_cast<double>(part) / static_cast<double>(whole), 2) + "%";
}

std::string Clock(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::string Compact(Day day) {
  const Parts p = Split(day);
  return fmt::format("{:04}{:02}{:02}", p.year, p.month, p.day);
}

std::string UsNumeric(Day day) {
  const Parts p = Split(day);
  return fmt::format("{:02}/{:02}/{:04}", p.month, p.day, p.year);
}

std::string UsWords(Day day) {
  const Parts p = Split(day);
  return fmt::format("{} {}, {}", p.name.substr(0, 3), p.day, p.year);
}

std::string UsLongWords(Day day) {
  const Parts p = Split(day);
  return fmt::format("{} {}, {}", p.name, p.day, p.year);
}

std::string Dashed(Day day) {
  const Parts p = Split(day);
  return fmt::format("{}-{:02}-{}", p.name.substr(0, 3), p.day, p.year);
}

std::string WithOffset(Day day, int minute, int second) {
  return fmt::format("{} {}:{:02} +0{}00", ToIso(day), Clock(minute), second, BerlinOffset(day) / 60);
}

std::string InUtc(Day day, int minute) {
  const int utc = minute - BerlinOffset(day);
  return utc < 0 ? ToIso(day - std::chrono::days{1}) + " " + Clock(utc + 1440)
                 : ToIso(day) + " " + Clock(utc);
}

std::string ToUtf16(std::string_view utf8) {
  std::string out = "\xFF\xFE";
  const auto put = [&out](std::uint32_t unit) {
    out += static_cast<char>(unit & 0xFF);
    out += static_cast<char>(unit >> 8 & 0xFF);
  };
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k)
      code = code << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    i += length;
    if (code < 0x10000) {
      put(code);
    } else {
      put(0xD800 + ((code - 0x10000) >> 10));
      put(0xDC00 + ((code - 0x10000) & 0x3FF));
    }
  }
  return out;
}

std::vector<Window> Quarters(const Window& window) {
  std::vector<Window> quarters;
  for (Day from = window.from; from < window.to;) {
    const std::chrono::year_month_day date{from};
    const unsigned first = (unsigned{date.month()} - 1) / 3 * 3 + 1;
    const Day next{std::chrono::year_month{date.year(), std::chrono::month{first}} / 1 +
                   std::chrono::months{3}};
    quarters.push_back({from, next < window.to ? next : window.to});
    from = quarters.back().to;
  }
  return quarters;
}

}  // namespace backcast::demo
