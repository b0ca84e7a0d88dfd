// SPDX-License-Identifier: Apache-2.0
#include "measure/decompose.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace backcast {
namespace {

constexpr std::size_t kMostForShapley = 10;

double LogMean(double a, double b) {
  return std::abs(a - b) < 1e-12 * std::max(a, b) ? a : (a - b) / (std::log(a) - std::log(b));
}

double Product(std::span<const double> values) {
  double product = 1;
  for (const double value : values) product *= value;
  return product;
}

std::vector<double> Shapley(std::span<const double> before, std::span<const double> now) {
  const std::size_t n = before.size();
  std::vector<double> weight(n);  // |S|! (n - |S| - 1)! / n!
  for (std::size_t size = 0; size < n; ++size)
    weight[size] =
        std::exp(std::lgamma(static_cast<double>(size) + 1) + std::lgamma(static_cast<double>(n - size)) -
                 std::lgamma(static_cast<double>(n) + 1));
  const auto value = [&](std::size_t set) {
    double product = 1;
    for (std::size_t i = 0; i < n; ++i) product *= (set >> i & 1U) != 0 ? now[i] : before[i];
    return product;
  };
  std::vector<double> parts(n, 0);
  for (std::size_t set = 0; set < std::size_t{1} << n; ++set) {
    const double without = value(set);
    for (std::size_t i = 0; i < n; ++i) {
      if ((set >> i & 1U) != 0) continue;
      parts[i] +=
          weight[static_cast<std::size_t>(std::popcount(set))] * (value(set | std::size_t{1} << i) - without);
    }
  }
  return parts;
}

}  // namespace

Decomposition Decompose(std::span<const double> before, std::span<const double> now) {
  Decomposition result;
  const std::size_t n = before.size();
  const auto positive = [](double value) { return value > 0; };
  if (std::all_of(before.begin(), before.end(), positive) && std::all_of(now.begin(), now.end(), positive)) {
    const double mean = LogMean(Product(now), Product(before));
    for (std::size_t i = 0; i < n; ++i) result.parts.push_back(mean * std::log(now[i] / before[i]));
    return result;
  }
  result.method = Decomposition::Method::kShapley;
  if (n <= kMostForShapley) {
    result.parts = Shapley(before, now);
    return result;
  }
  std::vector<double> first(before.begin(), before.begin() + kMostForShapley - 1),
      last(now.begin(), now.begin() + kMostForShapley - 1);
  first.push_back(Product(before.subspan(kMostForShapley - 1)));
  last.push_back(Product(now.subspan(kMostForShapley - 1)));
  result.parts = Shapley(first, last);
  const std::size_t together = n - kMostForShapley + 1;
  const double share = result.parts.back() / static_cast<double>(together);
  result.parts.pop_back();
  result.parts.resize(n, share);
  return result;
}

MixRate MixAndRate(std::span<const double> weights_before, std::span<const double> rates_before,
                   std::span<const double> weights_now, std::span<const double> rates_now) {
  double overall = 0;
  for (std::size_t i = 0; i < weights_before.size(); ++i)
    overall += (weights_before[i] * rates_before[i] + weights_now[i] * rates_now[i]) / 2;
  MixRate split;
  for (std::size_t i = 0; i < weights_before.size(); ++i) {
    split.rate.push_back((weights_before[i] + weights_now[i]) / 2 * (rates_now[i] - rates_before[i]));
    split.mix.push_back((weights_now[i] - weights_before[i]) *
                        ((rates_before[i] + rates_now[i]) / 2 - overall));
  }
  return split;
}

double TheilSenSlope(std::span<const double> values) {
  std::vector<double> slopes;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = i + 1; j < values.size(); ++j)
      slopes.push_back((values[j] - values[i]) / static_cast<double>(j - i));
  }
  if (slopes.empty()) return 0;
  const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
  std::nth_element(slopes.begin(), middle, slopes.end());
  if (slopes.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(slopes.begin(), middle)) / 2;
}

}  // namespace backcast
