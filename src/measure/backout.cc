// SPDX-License-Identifier: Apache-2.0
#include "measure/backout.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "measure/distributions.h"
#include "measure/interval.h"

namespace backcast {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr double kLevel = 0.95;

// A Fibonacci lattice: evenly spread over the square, and each of its two sides holds every step of 1 / 987
// once.
constexpr std::size_t kLatticePoints = 987;
constexpr std::size_t kLatticeStep = 610;

// Shares any rest out, up and down alike.
class Water {
 public:
  explicit Water(std::span<const BackoutFactor> factors) {
    for (const BackoutFactor& factor : factors) {
      const bool moves = !factor.fixed && factor.cap > 0;
      caps_.push_back(moves ? std::log1p(factor.cap) : 0.0);
      weights_.push_back(factor.fixed ? 0.0 : std::max(kLeastWeight, factor.weight));
      if (moves) order_.push_back(caps_.size() - 1);
    }
    std::stable_sort(order_.begin(), order_.end(), [this](std::size_t left, std::size_t right) {
      return caps_[left] / weights_[left] < caps_[right] / weights_[right];
    });
    for (const std::size_t i : order_) weight_of_all_ += weights_[i];
  }

  /// The height to which |rest| fills the factors; infinite where they cannot hold it.
  double LevelOf(double rest) const {
    double left = std::abs(rest), weight = weight_of_all_;
    for (std::size_t at = 0; at < order_.size(); ++at) {
      const std::size_t i = order_[at];
      if (left * weights_[i] <= caps_[i] * weight) return left / weight;
      left -= caps_[i];
      weight -= weights_[i];
    }
    return std::numeric_limits<double>::infinity();
  }

  /// What factor i takes of a rest with this level; the sign is the rest's.
  double TakenBy(std::size_t i, double level, double rest) const {
    return std::copysign(caps_[i] == 0 ? 0.0 : std::min(caps_[i], level * weights_[i]), rest);
  }

  bool Full(std::size_t i, double level) const { return weights_[i] > 0 && level * weights_[i] >= caps_[i]; }

 private:
  std::vector<double> caps_, weights_;
  std::vector<std::size_t> order_;  // those that move, the cap that is hit first in front
  double weight_of_all_ = 0;
};

bool Usable(std::span<const BackoutFactor> factors, double closure, double target) {
  const auto positive = [](double value) { return value > 0 && std::isfinite(value); };
  return positive(closure) && positive(target) &&
         std::all_of(factors.begin(), factors.end(), [&](const BackoutFactor& factor) {
           return positive(factor.current) && positive(factor.fixed.value_or(1));
         });
}

BackoutResult Unknown(std::size_t count) {
  BackoutResult result;
  result.shares.assign(count, {kUnknown, kUnknown, false, kUnknown, kUnknown});
  result.needed_log = result.missing_factor = result.reached = result.low = result.high = kUnknown;
  return result;
}

// The normal deviate of every step of the lattice.
const std::vector<double>& Deviates() {
  static const std::vector<double> deviates = [] {
    std::vector<double> values;
    for (std::size_t k = 0; k < kLatticePoints; ++k) {
      values.push_back(NormalQuantile((static_cast<double>(k) + 0.5) / kLatticePoints));
    }
    return values;
  }();
  return deviates;
}

// The middle 95 % of `moved` as an interval of the value that was moved, `estimate`. Where a cap bends the
// sharing the moves lie lopsided around the estimate, and it cannot be known to which side the truth is
// missed: the longer side is taken on both, as far as any move went.
Interval MiddleOf(std::vector<double>& moved, double estimate) {
  std::sort(moved.begin(), moved.end());
  const auto tail = static_cast<std::size_t>(static_cast<double>(moved.size()) * (1 - kLevel) / 2);
  const double half = std::max(estimate - moved[tail], moved[moved.size() - 1 - tail] - estimate);
  return {std::max(estimate - half, moved.front()), std::min(estimate + half, moved.back())};
}

// Interval of ln(needed / current) of factor i, which moves with its own error and with that of all the
// others together: two directions, walked over the lattice.
Interval Moved(const Water& water, std::size_t i, double rest, double own_se, double others_se) {
  const std::vector<double>& deviates = Deviates();
  const double change = water.TakenBy(i, water.LevelOf(rest), rest);
  std::vector<double> moved(kLatticePoints);
  for (std::size_t k = 0; k < kLatticePoints; ++k) {
    const double own = own_se * deviates[k];
    const double left = rest - own - others_se * deviates[k * kLatticeStep % kLatticePoints];
    moved[k] = own + water.TakenBy(i, water.LevelOf(left), left);
  }
  return MiddleOf(moved, change);
}

}  // namespace

BackoutResult ShareOut(std::span<const BackoutFactor> factors, double closure, double closure_log_se,
                       double target, double period_log_sd, double degrees_of_freedom) {
  if (!Usable(factors, closure, target)) return Unknown(factors.size());
  BackoutResult result;
  result.needed_log = std::log(target / closure);
  double fixed = 0, variance = closure_log_se * closure_log_se;
  for (const BackoutFactor& factor : factors) {
    result.needed_log -= std::log(factor.current);
    if (factor.fixed) {
      fixed += std::log(*factor.fixed / factor.current);
    } else {
      variance += factor.log_se * factor.log_se;
    }
  }
  const double rest = result.needed_log - fixed;
  const Water water(factors);
  const double level = water.LevelOf(rest);
  double left = rest;
  result.reached = closure;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const BackoutFactor& factor = factors[i];
    BackoutShare share;
    if (factor.fixed) {
      share.needed = share.low = share.high = *factor.fixed;
      share.log_change = std::log(*factor.fixed / factor.current);
    } else {
      share.log_change = water.TakenBy(i, level, rest);
      share.needed = factor.current * std::exp(share.log_change);
      share.at_limit = rest != 0 && water.Full(i, level);
      left -= share.log_change;
      const double others_se = std::sqrt(std::max(0.0, variance - factor.log_se * factor.log_se));
      const Interval moved = std::isfinite(variance) ? Moved(water, i, rest, factor.log_se, others_se)
                                                     : Interval{kUnknown, kUnknown};
      share.low = factor.current * std::exp(moved.low);
      share.high = factor.current * std::exp(moved.high);
    }
    result.reached *= share.needed;
    result.shares.push_back(share);
  }
  result.missing_factor = std::isinf(level) ? std::exp(left) : 1;
  const double critical = degrees_of_freedom > 0 ? StudentCritical(kLevel, std::max(1.0, degrees_of_freedom))
                                                 : NormalQuantile(0.5 + kLevel / 2);
  const double half = critical * std::hypot(period_log_sd, closure_log_se);
  result.low = result.reached * std::exp(-half);
  result.high = result.reached * std::exp(half);
  return result;
}

}  // namespace backcast
