// SPDX-License-Identifier: Apache-2.0
// Random numbers that are the same on every platform: PCG32 and distributions built on +, *, / and sqrt
// alone. Nothing of <random> and no transcendental function of libm, whose results differ between systems.
#pragma once

#include <cstdint>
#include <string_view>

namespace backcast::demo {

/// e^x and ln x (x > 0) to about 1e-14, by series, so that every platform rounds alike.
double StableExp(double x);
double StableLog(double x);

class Random {
 public:
  /// One independent sequence per (seed, name): adding a draw to one part of a world leaves the others as
  /// they are.
  Random(std::uint64_t seed, std::string_view name);

  std::uint32_t Bits();
  double Uniform();      ///< [0, 1)
  int Below(int limit);  ///< 0 .. limit-1; limit > 0
  bool Chance(double probability) { return Uniform() < probability; }
  double Normal();                                             ///< mean 0, variance 1
  double Gamma(double shape);                                  ///< mean and variance = shape; shape > 0
  double Noise(double shape) { return Gamma(shape) / shape; }  ///< mean 1, variance 1/shape
  std::int64_t Poisson(double mean);  ///< exact up to 200, then a skew-corrected normal
  std::int64_t Binomial(std::int64_t trials, double probability);
  /// Negative binomial with this mean and variance mean + mean²/shape.
  std::int64_t Overdispersed(double mean, double shape) { return Poisson(mean * Noise(shape)); }

 private:
  std::uint64_t state_ = 0;
  std::uint64_t increment_ = 0;
};

}  // namespace backcast::demo
