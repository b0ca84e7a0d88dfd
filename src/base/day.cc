// SPDX-License-Identifier: Apache-2.0
#include "base/day.h"

#include <charconv>
#include <cstdio>
#include <optional>

namespace backcast {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};

year_month_day Civil(Day day) { return year_month_day{day}; }

Day FirstOfMonth(Day day) {
  const year_month_day civil = Civil(day);
  return Day{civil.year() / civil.month() / 1};
}

Day AddMonths(Day first_of_month, int count) { return Day{Civil(first_of_month) + months{count}}; }

Day FirstOf(Day day, Grain grain) {
  const year_month_day civil = Civil(day);
  switch (grain) {
    case Grain::kDay:
      return day;
    case Grain::kWeek:
      return day - (std::chrono::weekday{day} - std::chrono::Monday);
    case Grain::kMonth:
      return FirstOfMonth(day);
    case Grain::kQuarter:
      return AddMonths(FirstOfMonth(day), -static_cast<int>((static_cast<unsigned>(civil.month()) - 1) % 3));
    case Grain::kYear:
      return Day{civil.year() / 1 / 1};
  }
  return day;
}

Day Step(Day first, Grain grain, int count) {
  switch (grain) {
    case Grain::kDay:
      return first + days{count};
    case Grain::kWeek:
      return first + days{7 * count};
    case Grain::kMonth:
      return AddMonths(first, count);
    case Grain::kQuarter:
      return AddMonths(first, 3 * count);
    case Grain::kYear:
      return AddMonths(first, 12 * count);
  }
  return first;
}

std::optional<int> Digits(std::string_view text) {
  if (text.empty() || text.size() > 6) return std::nullopt;
  int number = 0;
  const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || rest != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

Error NotAPeriod(std::string_view text) {
  return {Code::kUsage, "", "'" + std::string(text) + "' is not a period",
          "write 2026-03, 2026-Q1, 2026, 2026-W14, 2026-01-01..2026-03-31, last-28d, mtd, qtd or ytd"};
}

std::optional<Window> Relative(std::string_view text, Day today) {
  if (text == "mtd") return Window{FirstOf(today, Grain::kMonth), today + days{1}};
  if (text == "qtd") return Window{FirstOf(today, Grain::kQuarter), today + days{1}};
  if (text == "ytd") return Window{FirstOf(today, Grain::kYear), today + days{1}};
  if (text.starts_with("last-") && text.ends_with("d")) {
    const auto count = Digits(text.substr(5, text.size() - 6));
    if (count && *count > 0 && *count <= 36500) return Window{today - days{*count - 1}, today + days{1}};
  }
  return std::nullopt;
}

/// Day 1 of ISO week `week`, when the year has that week.
std::optional<Day> IsoWeek(int of_year, int week) {
  const Day first = FirstOf(Day{year{of_year} / 1 / 4}, Grain::kWeek);
  const Day monday = first + days{7 * (week - 1)};
  const Day next = FirstOf(Day{year{of_year + 1} / 1 / 4}, Grain::kWeek);
  if (week < 1 || monday >= next) return std::nullopt;
  return monday;
}

std::optional<Window> Calendar(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  const auto of_year = Digits(text.substr(0, 4));
  if (!of_year || *of_year < 1) return std::nullopt;
  if (text.size() == 4) return Window{Day{year{*of_year} / 1 / 1}, Day{year{*of_year + 1} / 1 / 1}};
  if (text[4] != '-' || text.size() < 7) return std::nullopt;
  const std::string_view rest = text.substr(5);
  if (rest[0] == 'Q' && rest.size() == 2 && rest[1] >= '1' && rest[1] <= '4') {
    const Day first = Day{year{*of_year} / month{static_cast<unsigned>(rest[1] - '1') * 3 + 1} / 1};
    return Window{first, AddMonths(first, 3)};
  }
  if (rest[0] == 'W') {
    const auto week = Digits(rest.substr(1));
    const auto first = week ? IsoWeek(*of_year, *week) : std::nullopt;
    if (first) return Window{*first, *first + days{7}};
    return std::nullopt;
  }
  const auto of_month = rest.size() == 2 ? Digits(rest) : std::nullopt;
  if (!of_month || *of_month < 1 || *of_month > 12) return std::nullopt;
  const Day first = Day{year{*of_year} / month{static_cast<unsigned>(*of_month)} / 1};
  return Window{first, AddMonths(first, 1)};
}

}  // namespace

std::string ToIso(Day day) {
  const year_month_day civil = Civil(day);
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(civil.year()),
                static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
  return text;
}

Result<Day> ParseIsoDay(std::string_view text) {
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    const auto y = Digits(text.substr(0, 4)), m = Digits(text.substr(5, 2)), d = Digits(text.substr(8, 2));
    if (y && m && d) {
      const year_month_day civil{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
      if (civil.ok()) return Day{civil};
    }
  }
  return Error{Code::kInput, "", "'" + std::string(text.substr(0, 40)) + "' is not a day",
               "write it as 2026-03-31"};
}

Result<Window> ParsePeriod(std::string_view text, Day today) {
  if (const auto relative = Relative(text, today)) return *relative;
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) {
    const auto from = ParseIsoDay(text.substr(0, dots));
    const auto to = ParseIsoDay(text.substr(dots + 2));
    if (!from.ok() || !to.ok()) return NotAPeriod(text);
    if (to.value() < from.value()) {
      return Error{Code::kUsage, "", "the period '" + std::string(text) + "' ends before it begins",
                   "swap the two days"};
    }
    return Window{from.value(), to.value() + days{1}};
  }
  if (const auto single = ParseIsoDay(text); single.ok())
    return Window{single.value(), single.value() + days{1}};
  if (const auto calendar = Calendar(text)) return *calendar;
  return NotAPeriod(text);
}

Result<Window> ParseComparison(std::string_view text, const Window& window, Day today) {
  if (text == "none") return Window{};
  if (text == "previous" || text.empty()) {
    const Grain grain = GrainOf(window);
    if (grain == Grain::kDay) return Window{window.from - days{window.days()}, window.from};
    return Window{Step(window.from, grain, -1), window.from};
  }
  if (text == "year") {
    const auto back = [](Day day) {
      const year_month_day shifted = Civil(day) - years{1};
      return shifted.ok() ? Day{shifted} : Day{shifted.year() / shifted.month() / std::chrono::last};
    };
    return Window{back(window.from), back(window.to)};
  }
  return ParsePeriod(text, today);
}

Grain GrainOf(const Window& window) {
  for (const Grain grain : {Grain::kWeek, Grain::kMonth, Grain::kQuarter, Grain::kYear}) {
    if (FirstOf(window.from, grain) == window.from && Step(window.from, grain, 1) == window.to) return grain;
  }
  return Grain::kDay;
}

std::string InWords(Day day) {
  const year_month_day civil = Civil(day);
  return std::to_string(static_cast<unsigned>(civil.day())) + " " +
         kMonths[static_cast<unsigned>(civil.month()) - 1] + " " +
         std::to_string(static_cast<int>(civil.year()));
}

std::string ToWords(const Window& window) {
  const year_month_day civil = Civil(window.from);
  std::string of_year = std::to_string(static_cast<int>(civil.year()));
  const unsigned of_month = static_cast<unsigned>(civil.month());
  switch (GrainOf(window)) {
    case Grain::kMonth:
      return std::string(kMonths[of_month - 1]) + " " + of_year;
    case Grain::kQuarter:
      return "Q" + std::to_string((of_month + 2) / 3) + " " + of_year;
    case Grain::kYear:
      return of_year;
    default:
      break;
  }
  if (window.days() == 1) return ToIso(window.from);
  return ToIso(window.from) + " to " + ToIso(window.to - days{1});
}

std::vector<Window> LastGrains(const Window& window, Grain grain, int count) {
  std::vector<Window> grains;
  const Day last = FirstOf(window.to - days{1}, grain);
  for (int i = count - 1; i >= 0; --i) {
    const Day from = Step(last, grain, -i);
    const Day to = Step(last, grain, 1 - i);
    grains.push_back({from, to < window.to ? to : window.to});
  }
  return grains;
}

}  // namespace backcast
