// SPDX-License-Identifier: Apache-2.0
// Centre and spread that single weeks cannot move.
#pragma once

#include <vector>

namespace backcast {

/// The middle value, or the mean of the two in the middle. At least one value, no NaN.
double Median(std::vector<double> values);

/// Median distance from the median, as wide as a standard deviation where values are normal (times 1.4826;
/// Hampel 1974). At least one value, no NaN.
double RobustDeviation(const std::vector<double>& values);

}  // namespace backcast
