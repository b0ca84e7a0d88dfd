// SPDX-License-Identifier: Apache-2.0
#include "chain/daily_series.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace backcast {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// Indices [from, to) of the days of `window` that lie inside the series.
std::pair<std::size_t, std::size_t> Inside(const DailySeries& series, const Window& window) {
  const auto clamp = [&](Day day) {
    const auto index = (day - series.first).count();
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(index, 0, static_cast<std::int64_t>(series.amount.size())));
  };
  const std::size_t from = clamp(window.from);
  return {from, std::max(from, clamp(window.to))};
}

}  // namespace

Window DailySeries::days() const {
  return {first, first + std::chrono::days{static_cast<int>(amount.size())}};
}

std::optional<double> DailySeries::Over(const Window& window) const {
  const Window own = days();
  if (window.days() <= 0 || window.from < own.from || own.to < window.to) return std::nullopt;
  const auto [from, to] = Inside(*this, window);
  double sum = 0, divisor = 0;
  int known = 0;
  for (std::size_t i = from; i < to; ++i) {
    if (std::isnan(amount[i])) {
      if (combine == Combine::kSum) return std::nullopt;
      continue;
    }
    ++known;
    if (combine == Combine::kRate) divisor += base[i];
    sum = combine == Combine::kLast ? amount[i] : sum + amount[i];
  }
  if (combine == Combine::kRate) return divisor > 0 ? std::optional(sum / divisor) : std::nullopt;
  if (known == 0) return std::nullopt;
  return combine == Combine::kMean ? sum / known : sum;
}

double DailySeries::Events(const Window& window) const {
  const auto [from, to] = Inside(*this, window);
  double events = 0;
  for (std::size_t i = from; i < to; ++i) {
    if (std::isnan(amount[i])) continue;
    events += combine == Combine::kSum ? amount[i] : combine == Combine::kRate ? base[i] : 1;
  }
  return events;
}

std::vector<double> WeeksBefore(const DailySeries& series, Day end, int most) {
  std::vector<double> weeks;
  const Window own = series.days();
  for (int i = 0; i < most; ++i) {
    const Window week{end - std::chrono::days{7 * (i + 1)}, end - std::chrono::days{7 * i}};
    if (week.from < own.from) break;
    weeks.push_back(week.to > own.to ? kMissing : series.Over(week).value_or(kMissing));
  }
  std::reverse(weeks.begin(), weeks.end());
  return weeks;
}

DailySeries Elsewhere(const DailySeries& total, const DailySeries& part) {
  DailySeries rest{Combine::kSum, total.first, total.amount, {}};
  for (std::size_t i = 0; i < rest.amount.size(); ++i) {
    const auto at = (total.first - part.first).count() + static_cast<std::int64_t>(i);
    const bool known = at >= 0 && at < static_cast<std::int64_t>(part.amount.size());
    rest.amount[i] = known ? rest.amount[i] - part.amount[static_cast<std::size_t>(at)] : kMissing;
  }
  return rest;
}

std::vector<double> OnLogScale(const std::vector<double>& values, Combine combine) {
  double least = std::numeric_limits<double>::infinity();
  for (const double value : values) {
    if (!std::isnan(value)) least = std::min(least, value);
  }
  std::vector<double> scaled = values;
  for (double& value : scaled) {
    if (least > 0) {
      value = std::log(value);
    } else if (least == 0 && combine == Combine::kSum) {
      value = std::log1p(value);
    }
  }
  return scaled;
}

}  // namespace backcast
