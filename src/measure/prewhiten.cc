// SPDX-License-Identifier: Apache-2.0
#include "measure/prewhiten.h"

#include <algorithm>
#include <cmath>

#include "measure/regression.h"

namespace backcast {
namespace {

constexpr int kMostOrder = 4;
constexpr double kCut = 3;
constexpr double kMadToSd = 1.4826;
constexpr double kStill = 1e-10;  ///< a log that moves less is a constant with rounding

double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void Centre(std::vector<double>& values) {
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (double& value : values) value -= mean;
}

double VarianceOf(const std::vector<double>& values) {
  double squares = 0, mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return squares / static_cast<double>(values.size());
}

void Winsorise(std::vector<double>& values) {
  const double centre = Median(values);
  std::vector<double> size;
  for (const double value : values) size.push_back(std::abs(value - centre));
  const double reach = kCut * kMadToSd * Median(size);
  if (reach <= 0) return;
  for (double& value : values) value = std::clamp(value, centre - reach, centre + reach);
}

std::optional<std::vector<double>> Clean(std::span<const double> values) {
  const auto fit = LeastSquares(values, TrendAndYear(values.size(), HarmonicsFor(values.size())));
  if (!fit || std::sqrt(VarianceOf(fit->residuals)) < kStill) return std::nullopt;
  std::vector<double> white = WithoutMemory(fit->residuals);
  Winsorise(white);
  if (std::sqrt(VarianceOf(white)) < kStill) return std::nullopt;
  return white;
}

}  // namespace

int HarmonicsFor(std::size_t weeks) { return weeks < 52 ? 0 : weeks < 104 ? 1 : 2; }

std::vector<double> WithoutMemory(std::span<const double> values) {
  std::vector<double> centred(values.begin(), values.end());
  Centre(centred);
  std::vector<double> best = centred;
  double least = static_cast<double>(centred.size()) * std::log(std::max(VarianceOf(centred), 1e-12));
  for (int order = 1; order <= kMostOrder; ++order) {
    const auto p = static_cast<std::size_t>(order);
    if (centred.size() < 3 * p + 4) break;
    Columns columns(p);
    const std::vector<double> target(centred.begin() + order, centred.end());
    for (std::size_t k = 0; k < p; ++k)
      columns[k].assign(centred.begin() + static_cast<std::ptrdiff_t>(p - k - 1),
                        centred.end() - static_cast<std::ptrdiff_t>(k + 1));
    const auto fit = LeastSquares(target, columns);
    if (!fit) break;
    const auto rows = static_cast<double>(target.size());
    const double criterion =
        rows * std::log(std::max(VarianceOf(fit->residuals), 1e-12)) + order * std::log(rows);
    if (criterion >= least) continue;
    least = criterion;
    best = fit->residuals;
  }
  return best;
}

std::optional<std::pair<std::vector<double>, std::vector<double>>> Prewhiten(std::span<const double> x,
                                                                             std::span<const double> y) {
  auto a = Clean(x), b = Clean(y);
  if (!a || !b) return std::nullopt;
  const std::size_t common = std::min(a->size(), b->size());
  a->erase(a->begin(), a->end() - static_cast<std::ptrdiff_t>(common));
  b->erase(b->begin(), b->end() - static_cast<std::ptrdiff_t>(common));
  return std::pair(std::move(*a), std::move(*b));
}

}  // namespace backcast
