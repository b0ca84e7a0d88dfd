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

}  // namespace

GrowthBursts FindBursts(const AccountDays& days, std::size_t from, std::size_t to) {
  GrowthBursts found;
  std::string why;
  for (std::size_t day = from; day <= to && day < days.gained.size(); ++day) {
    // The past that is whole: back to the last day that nobody reported.
    std::size_t begin = day + 1;
    while (begin > 0 && std::isfinite(days.gained[begin - 1])) --begin;
    const auto judged = JudgeToday(std::span(days.gained).subspan(begin, day + 1 - begin));
    if (!judged.ok()) {
      why = ToSentence(judged.error());
      continue;
    }
    ++found.judged;
    const DayAnomaly& anomaly = judged.value();
    if (!anomaly.unusual || days.gained[day] <= anomaly.expected) continue;
    GrowthBurst burst{days.first + std::chrono::days{static_cast<int>(day)},
                      days.gained[day],
                      anomaly.expected,
                      anomaly.score,
                      {}};
    if (Rose(days.posts, day)) burst.rose.emplace_back("posts");
    if (Rose(days.engagements, day)) burst.rose.emplace_back("engagements");
    if (Rose(days.spend, day)) burst.rose.emplace_back("ad spend");
    found.bursts.push_back(std::move(burst));
  }
  if (found.judged == 0) found.needs = why.empty() ? "no day of the period has followers gained" : why;
  return found;
}

}  // namespace backcast
