// SPDX-License-Identifier: Apache-2.0
// Days and periods. A day is a calendar day in the workspace's or the platform's own zone, never an instant.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backcast {

using Day = std::chrono::sys_days;

/// Half-open interval of days [from, to).
struct Window {
  Day from{};
  Day to{};
  bool operator==(const Window&) const = default;
  int days() const { return static_cast<int>((to - from).count()); }
  bool Contains(Day day) const { return from <= day && day < to; }
};

/// "2026-03-31".
std::string ToIso(Day day);

/// Strict YYYY-MM-DD of a day that exists. Error: kInput.
Result<Day> ParseIsoDay(std::string_view text);

/// Reads a period of the command line: 2026-03, 2026-Q1, 2026, 2026-W14, 2026-01-01..2026-03-31 (both days
/// in), last-28d, mtd, qtd, ytd. `today` is the last day that counts for the relative ones. Error: kUsage.
Result<Window> ParsePeriod(std::string_view text, Day today);

/// Reads --compare: previous (same length, or the calendar unit before), year, none (an empty window), or a
/// period.
Result<Window> ParseComparison(std::string_view text, const Window& window, Day today);

/// "March 2026", "Q1 2026", "2026", or "2026-01-05 to 2026-01-11": how a reader would name the window.
std::string ToWords(const Window& window);

/// "30 June 2026": a day for a reader.
std::string InWords(Day day);

enum class Grain : std::uint8_t { kDay, kWeek, kMonth, kQuarter, kYear };

/// The window's day `count` grains before it ends: cut points of `count` consecutive grains that end with the
/// grain holding the last day of `window`. Returns count windows, oldest first; the last may be partial.
std::vector<Window> LastGrains(const Window& window, Grain grain, int count);

/// The grain of a window that is exactly one calendar week, month, quarter or year; kDay for anything else.
Grain GrainOf(const Window& window);

}  // namespace backcast
