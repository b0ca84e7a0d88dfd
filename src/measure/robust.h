// SPDX-License-Identifier: Apache-2.0
// What single odd values do not bend.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace backcast {

/// Standard deviation of a normal variable over its median absolute deviation.
inline constexpr double kMadToSd = 1.4826;

/// The middle value, or the mean of the two middle ones. At least one value, none of them NaN.
inline double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

}  // namespace backcast
