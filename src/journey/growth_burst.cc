// SPDX-License-Identifier: Apache-2.0
#include "journey/growth_burst.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/result.h"
#include "measure/anomaly.h"

namespace backcast {
namespace {

constexpr std::size_t kDaysOfCause = 3, kDaysBefore = 28;
constexpr double kRise = 1.5;

double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The three days that end with `day` together; NaN when none of them is known.
double SumBefore(std::span<const double> values, std::size_t day) {
  double sum = 0;
  bool known = false;
  for (std::size_t i = day + 1 - kDaysOfCause; i <= day; ++i) {
    if (!std::isfinite(values[i])) continue;
    sum += values[i];
    known = true;
  }
  return known ? sum : std::numeric_limits<double>::quiet_NaN();
}

bool Rose(std::span<const double> values, std::size_t day) {
  if (values.size() <= day || day + 1 < 2 * kDaysOfCause) return false;
  std::vector<double> before;
  for (std::size_t end = day - kDaysOfCause; end + 1 >= kDaysOfCause && before.size() < kDaysBefore; --end) {
    if (const double sum = SumBefore(values, end); std::isfinite(sum)) before.push_back(sum);
    if (end == 0) break;
  }
  const double now = SumBefore(values, day), usual = before.empty() ? 0 : Median(before);
  return std::isfinite(now) && now > kRise * usual;
}

std::vector<std::string> WhatRose(const AccountDays& days, std::size_t first, std::size_t last) {
  std::vector<std::string> rose;
  for (const auto& [name, values] :
       {std::pair("posts", &days.posts), std::pair("engagements", &days.engagements),
        std::pair("ad spend", &days.spend)}) {
    for (std::size_t day = first; day <= last; ++day) {
      if (!Rose(*values, day)) continue;
      rose.emplace_back(name);
      break;
    }
  }
  return rose;
}

Day DayAt(const AccountDays& days, std::size_t day) {
  return days.first + std::chrono::days{static_cast<int>(day)};
}

/// Whole weeks in which every day is known, oldest first, the last ending with `last`.
std::vector<double> WeeksUntil(const std::vector<double>& gained, std::size_t last) {
  std::vector<double> weeks;
  for (std::size_t end = last + 1; end >= 7; end -= 7) {
    double sum = 0;
    for (std::size_t i = end - 7; i < end; ++i) sum += gained[i];
    if (!std::isfinite(sum)) break;
    weeks.push_back(std::round(sum));
  }
  std::reverse(weeks.begin(), weeks.end());
  return weeks;
}

std::string JudgeWeeks(const AccountDays& days, std::size_t from, std::size_t to, GrowthBursts& found) {
  std::string why;
  const auto together = static_cast<int>((to - from + 1) / 7);
  for (std::size_t last = to; last >= from + 6; last -= 7) {
    const std::vector<double> weeks = WeeksUntil(days.gained, last);
    const auto judged = JudgeWeek(weeks, together);
    if (!judged.ok()) {
      why = ToSentence(judged.error());
    } else {
      ++found.judged;
      found.weeks = true;
      if (judged.value().unusual && weeks.back() > judged.value().expected)
        found.bursts.push_back(
            {DayAt(days, last), 7, weeks.back(), judged.value().expected, WhatRose(days, last - 6, last)});
    }
    if (last < 7) break;
  }
  std::reverse(found.bursts.begin(), found.bursts.end());
  return why;
}

}  // namespace

GrowthBursts FindBursts(const AccountDays& days, std::size_t from, std::size_t to) {
  GrowthBursts found;
  std::string why;
  if (days.gained.empty() || from > to) return found;
  to = std::min(to, days.gained.size() - 1);
  for (std::size_t day = from; day <= to; ++day) {
    // The past that is whole: back to the last day that nobody reported.
    std::size_t begin = day + 1;
    while (begin > 0 && std::isfinite(days.gained[begin - 1])) --begin;
    if (begin > day) continue;
    const auto judged = JudgeToday(std::span(days.gained).subspan(begin, day + 1 - begin));
    if (!judged.ok()) {
      why = ToSentence(judged.error());
      continue;
    }
    ++found.judged;
    const DayAnomaly& anomaly = judged.value();
    if (!anomaly.unusual || days.gained[day] <= anomaly.expected) continue;
    found.bursts.push_back(
        {DayAt(days, day), 1, days.gained[day], anomaly.expected, WhatRose(days, day, day)});
  }
  if (found.judged > 0) return found;
  if (why.empty()) {
    found.needs = "no day of the period has followers gained";
  } else if (const std::string weeks = JudgeWeeks(days, from, to, found); found.judged == 0) {
    found.needs = weeks.empty() ? why : weeks;
  }
  return found;
}

}  // namespace backcast
