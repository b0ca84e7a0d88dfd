// SPDX-License-Identifier: Apache-2.0
#include "listening/issue_velocity.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace backcast {
namespace {

constexpr std::int64_t kWeekMicros = 7 * kDayMicros;
/// Jeffreys' prior of a Poisson mean: what is never seen may still happen.
constexpr double kPriorShape = 0.5;

/// P(X >= count), X Poisson whose mean is gamma with this shape and rate.
double TailOf(double count, double shape, double rate) {
  // Sums the smaller side of the negative binomial: from `count` up until nothing is added.
  const double success = rate / (rate + 1);
  double term = std::exp(std::lgamma(shape + count) - std::lgamma(shape) - std::lgamma(count + 1) +
                         shape * std::log(success) + count * std::log1p(-success));
  double sum = 0;
  for (int more = 0; more < 1'000'000; ++more) {
    sum += term;
    const double k = count + more, next = term * (shape + k) / (k + 1) * (1 - success);
    if (next < sum * 1e-14 && next < term) break;
    term = next;
  }
  return std::min(1.0, sum);
}

}  // namespace

Velocity VelocityOf(std::span<const std::int64_t> instants, std::int64_t first, std::int64_t end,
                    std::int64_t length) {
  Velocity velocity;
  std::vector<double> weeks;
  for (int week = 1; week <= kMostVelocityWeeks; ++week) {
    if (end - length - week * kWeekMicros < first) break;
    weeks.push_back(0);
  }
  for (const std::int64_t at : instants) {
    if (at > end) continue;
    const std::int64_t back = end - at, week = back / kWeekMicros;
    if (back - week * kWeekMicros >= length) continue;
    if (week == 0) {
      ++velocity.count;
    } else if (week <= static_cast<std::int64_t>(weeks.size())) {
      ++weeks[static_cast<std::size_t>(week - 1)];
    }
  }
  velocity.weeks = static_cast<int>(weeks.size());
  if (velocity.weeks < kFewestVelocityWeeks) return velocity;
  double sum = 0, weights = 0, squares = 0, weight = 1;
  for (const double count : weeks) {
    sum += weight * count;
    weights += weight;
    squares += weight * weight;
    weight /= 2;
  }
  velocity.expected = sum / weights;
  const double worth = weights * weights / squares;
  velocity.tail = TailOf(velocity.count, worth * *velocity.expected + kPriorShape, worth);
  velocity.alarm = velocity.count >= kVelocityCount && velocity.tail < kVelocityTail;
  return velocity;
}

}  // namespace backcast
