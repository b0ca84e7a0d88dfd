// SPDX-License-Identifier: Apache-2.0
#include "measure/jumps.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "measure/robust.h"

namespace backcast {
namespace {

constexpr std::ptrdiff_t kNeighbours = 3;  ///< weeks to either side
constexpr double kBothStandOut = 2.5, kEachStandsOut = 2, kAlone = 3.5;
constexpr std::size_t kWeeksPerJump = 13, kFewest = 3;

/// Distance of every week from the median of its neighbours, in robust standard deviations.
std::vector<double> StandingOut(std::span<const double> values) {
  const auto n = static_cast<std::ptrdiff_t>(values.size());
  std::vector<double> out;
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    std::vector<double> around;
    for (std::ptrdiff_t j = std::max<std::ptrdiff_t>(0, i - kNeighbours);
         j <= std::min(n - 1, i + kNeighbours); ++j) {
      if (j != i) around.push_back(values[static_cast<std::size_t>(j)]);
    }
    out.push_back(values[static_cast<std::size_t>(i)] - Median(std::move(around)));
  }
  const double scale = RobustDeviation(out);
  for (double& value : out) value = scale > 0 ? std::abs(value) / scale : 0;
  return out;
}

struct Jump {
  double size = 0;
  std::size_t x = 0, y = 0;
};

/// The largest first, and how many of so many weeks may be jumps.
std::size_t Rank(std::vector<Jump>& jumps, std::size_t weeks) {
  std::stable_sort(jumps.begin(), jumps.end(), [](const Jump& a, const Jump& b) { return a.size > b.size; });
  return std::max(kFewest, weeks / kWeeksPerJump);
}

}  // namespace

std::vector<std::size_t> Jumps(std::span<const double> values) {
  const std::vector<double> out = StandingOut(values);
  std::vector<Jump> jumps;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] >= kAlone) jumps.push_back({out[i], i, i});
  }
  jumps.resize(std::min(jumps.size(), Rank(jumps, values.size())));
  std::vector<std::size_t> weeks;
  for (const Jump& jump : jumps) weeks.push_back(jump.x);
  std::sort(weeks.begin(), weeks.end());
  return weeks;
}

std::vector<std::size_t> SharedJumps(std::span<const double> x, std::span<const double> y) {
  const std::vector<double> own = StandingOut(x), other = StandingOut(y);
  std::vector<Jump> jumps;
  for (std::size_t i = 0; i < own.size(); ++i) {
    for (std::size_t j = i == 0 ? 0 : i - 1; j <= std::min(i + 1, other.size() - 1); ++j) {
      const double size = std::sqrt(own[i] * other[j]);
      if (size >= kBothStandOut && std::min(own[i], other[j]) >= kEachStandsOut)
        jumps.push_back({size, i, j});
    }
  }
  const std::size_t most = Rank(jumps, own.size());
  std::set<std::size_t> of_x, of_y;
  for (const Jump& jump : jumps) {
    if (of_x.size() >= most) break;
    if (of_x.contains(jump.x) || of_y.contains(jump.y)) continue;
    of_x.insert(jump.x);
    of_y.insert(jump.y);
  }
  of_x.merge(of_y);
  return {of_x.begin(), of_x.end()};
}

}  // namespace backcast
