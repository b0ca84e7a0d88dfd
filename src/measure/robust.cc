// SPDX-License-Identifier: Apache-2.0
#include "measure/robust.h"

#include <algorithm>
#include <cmath>

namespace backcast {

double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

double RobustDeviation(const std::vector<double>& values) {
  constexpr double kMadToDeviation = 1.4826;
  const double centre = Median(values);
  std::vector<double> distance;
  for (const double value : values) distance.push_back(std::abs(value - centre));
  return kMadToDeviation * Median(std::move(distance));
}

}  // namespace backcast
