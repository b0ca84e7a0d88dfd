// SPDX-License-Identifier: Apache-2.0
// Single weeks in which a number leaves its own neighbourhood: a promotion, a holiday, a story in the news.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace backcast {

/// Weeks, ascending, that stand out of their own neighbourhood (three weeks to either side) by at least 3.5
/// robust standard deviations of all such distances; at most four a year (three in half a year), the largest.
std::vector<std::size_t> Jumps(std::span<const double> values);

/// Weeks, ascending, in which x and y both stand out, y at most one week before or after x: the geometric
/// mean of their distances is at least 2.5, the smaller at least 2. At most four a year (three in half a
/// year), the largest: numbers that jump together more often than that move together. One common cause makes
/// such a week, so it says nothing of whether one number brings the other.
std::vector<std::size_t> SharedJumps(std::span<const double> x, std::span<const double> y);

}  // namespace backcast
