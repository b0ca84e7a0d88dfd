// SPDX-License-Identifier: Apache-2.0
#include "money/week_dispersion.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "measure/distributions.h"

namespace backcast {
namespace {

/// Products of weeks further apart are mostly noise.
constexpr int kFurthest = 8;
/// A line that nears zero would make any count an outlier.
constexpr double kLeastShareOfMean = 0.25;

/// (count - line) / sqrt(line) of every week, NaN where it is not known; empty without any count.
std::vector<double> PearsonResiduals(std::span<const double> weekly) {
  double n = 0, sum = 0, weeks = 0, weeks_squared = 0, crossed = 0;
  for (std::size_t i = 0; i < weekly.size(); ++i) {
    if (!std::isfinite(weekly[i])) continue;
    const auto week = static_cast<double>(i);
    ++n;
    sum += weekly[i];
    weeks += week;
    weeks_squared += week * week;
    crossed += week * weekly[i];
  }
  if (sum <= 0) return {};
  const double mean = sum / n, middle = weeks / n;
  const double slope = (crossed - middle * sum) / (weeks_squared - middle * weeks);
  std::vector<double> residuals(weekly.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < weekly.size(); ++i) {
    if (!std::isfinite(weekly[i])) continue;
    const double line = mean + slope * (static_cast<double>(i) - middle);
    residuals[i] = (weekly[i] - line) / std::sqrt(std::max(line, kLeastShareOfMean * mean));
  }
  return residuals;
}

}  // namespace

Dispersion DispersionOf(std::span<const double> weekly, double period_weeks) {
  const auto known =
      std::count_if(weekly.begin(), weekly.end(), [](double count) { return std::isfinite(count); });
  if (known < kWeeksForDispersion) return {};
  const std::vector<double> residuals = PearsonResiduals(weekly);
  if (residuals.empty()) return {};
  Dispersion result{1, static_cast<double>(known) - 2, static_cast<int>(known)};
  const auto product = [&](std::size_t apart) {
    double sum = 0;
    for (std::size_t i = apart; i < residuals.size(); ++i) {
      if (std::isfinite(residuals[i]) && std::isfinite(residuals[i - apart]))
        sum += residuals[i] * residuals[i - apart];
    }
    return sum / result.degrees;
  };
  const double alone = product(0);
  double together = alone;
  for (int apart = 1; apart <= kFurthest && apart < period_weeks; ++apart)
    together += 2 * (1 - apart / period_weeks) * product(static_cast<std::size_t>(apart));
  const double factor = std::max(alone, together);
  if (factor <= 1) return result;
  const double wider = StudentCritical(0.95, result.degrees) / NormalCritical(0.95);
  result.factor = 1 + (factor - 1) * wider * wider;
  return result;
}

}  // namespace backcast
