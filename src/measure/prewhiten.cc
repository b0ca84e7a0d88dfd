// SPDX-License-Identifier: Apache-2.0
#include "measure/prewhiten.h"

#include <algorithm>
#include <cmath>

#include "measure/jumps.h"
#include "measure/regression.h"
#include "measure/robust.h"

namespace backcast {
namespace {

constexpr std::size_t kMostOrder = 4;
constexpr double kCut = 3;        ///< robust standard deviations
constexpr double kStill = 1e-10;  ///< a log that moves less is a constant with rounding

double SquaresOf(const std::vector<double>& values) {
  double squares = 0;
  for (const double value : values) squares += value * value;
  return squares;
}

bool Still(const std::vector<double>& values) {
  return values.empty() || std::sqrt(SquaresOf(values) / static_cast<double>(values.size())) < kStill;
}

void Centre(std::vector<double>& values) {
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (double& value : values) value -= mean;
}

void Winsorise(std::vector<double>& values) {
  const double centre = Median(values), reach = kCut * RobustDeviation(values);
  if (reach <= 0) return;
  for (double& value : values) value = std::clamp(value, centre - reach, centre + reach);
}

/// Autoregression of centred values over the rows from `first` on.
std::optional<Regression> Autoregression(std::span<const double> values, std::size_t order,
                                         std::size_t first) {
  Columns columns;
  for (std::size_t k = 1; k <= order; ++k) {
    const auto past = values.subspan(first - k, values.size() - first);
    columns.emplace_back(past.begin(), past.end());
  }
  return LeastSquares(values.subspan(first), columns);
}

/// A straight line over the weeks in between; the nearest value at the ends.
void Bridge(std::vector<double>& values, const std::vector<std::size_t>& weeks) {
  const auto kept = [&](std::size_t week) { return !std::binary_search(weeks.begin(), weeks.end(), week); };
  for (const std::size_t week : weeks) {
    std::size_t left = week, right = week;
    while (left > 0 && !kept(left)) --left;
    while (right + 1 < values.size() && !kept(right)) ++right;
    const bool has_left = kept(left), has_right = kept(right);
    if (has_left && has_right) {
      const double share = static_cast<double>(week - left) / static_cast<double>(right - left);
      values[week] = values[left] + share * (values[right] - values[left]);
    } else {
      values[week] = has_left ? values[left] : has_right ? values[right] : 0;
    }
  }
}

/// What is left of a series without trend and season; the given weeks do not shape them and are bridged.
std::optional<std::vector<double>> WithoutSlowMovement(std::span<const double> values,
                                                       const std::vector<std::size_t>& jumps) {
  const Columns slow = SlowMovement(values.size());
  Columns kept(slow.size());
  std::vector<double> target;
  for (std::size_t week = 0; week < values.size(); ++week) {
    if (std::binary_search(jumps.begin(), jumps.end(), week)) continue;
    target.push_back(values[week]);
    for (std::size_t j = 0; j < slow.size(); ++j) kept[j].push_back(slow[j][week]);
  }
  const auto fit = LeastSquares(target, kept);
  if (!fit) return std::nullopt;
  std::vector<double> rest(values.begin(), values.end());
  for (std::size_t week = 0; week < values.size(); ++week) {
    for (std::size_t j = 0; j < slow.size(); ++j) rest[week] -= fit->coefficients[j] * slow[j][week];
  }
  Bridge(rest, jumps);
  if (Still(rest)) return std::nullopt;
  return rest;
}

std::optional<std::vector<double>> Clean(std::span<const double> values,
                                         const std::vector<std::size_t>& jumps) {
  const auto rest = WithoutSlowMovement(values, jumps);
  if (!rest) return std::nullopt;
  std::vector<double> white = WithoutMemory(*rest);
  const std::size_t cut = values.size() - white.size();
  for (const std::size_t week : jumps) {
    if (week >= cut) white[week - cut] = 0;
  }
  Winsorise(white);
  if (Still(white)) return std::nullopt;
  return white;
}

}  // namespace

std::vector<double> WithoutMemory(std::span<const double> values) {
  std::vector<double> centred(values.begin(), values.end());
  Centre(centred);
  if (centred.size() < 4 * kMostOrder) return centred;
  const auto rows = static_cast<double>(centred.size() - kMostOrder);
  std::size_t best = 0;
  double least = 0;
  for (std::size_t order = 1; order <= kMostOrder; ++order) {
    const auto fit = Autoregression(centred, order, kMostOrder);
    if (!fit) break;
    const double criterion = rows * std::log(std::max(SquaresOf(fit->residuals), 1e-300)) +
                             static_cast<double>(order) * std::log(rows);
    if (best > 0 && criterion >= least) continue;
    least = criterion;
    best = order;
  }
  if (best == 0) return centred;
  const auto fit = Autoregression(centred, best, best);
  return fit ? fit->residuals : centred;
}

std::optional<Whitened> Prewhiten(std::span<const double> x, std::span<const double> y) {
  Whitened white;
  white.jumps = SharedJumps(x, y);
  auto a = Clean(x, white.jumps), b = Clean(y, white.jumps);
  if (!a || !b) return std::nullopt;
  const std::size_t common = std::min(a->size(), b->size());
  a->erase(a->begin(), a->end() - static_cast<std::ptrdiff_t>(common));
  b->erase(b->begin(), b->end() - static_cast<std::ptrdiff_t>(common));
  white.x = std::move(*a);
  white.y = std::move(*b);
  const double lost = static_cast<double>(SlowMovement(x.size()).size() + white.jumps.size());
  white.shrink = std::sqrt(std::max(0.0, 1 - lost / static_cast<double>(common)));
  return white;
}

}  // namespace backcast
