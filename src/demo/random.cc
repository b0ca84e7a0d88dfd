// SPDX-License-Identifier: Apache-2.0
#include "demo/random.h"

#include <algorithm>
#include <cmath>

namespace backcast::demo {
namespace {

constexpr double kLn2 = 0.693147180559945309417232121458;
constexpr double kExactPoisson = 200;
constexpr double kExactBinomial = 60;

}  // namespace

double StableExp(double x) {
  if (x < -700) return 0;
  x = std::min(x, 700.0);
  const double turns = std::floor(x / kLn2 + 0.5);
  const double rest = x - turns * kLn2;
  double term = 1, sum = 1;
  for (int i = 1; i < 18; ++i) {
    term *= rest / i;
    sum += term;
  }
  return std::ldexp(sum, static_cast<int>(turns));
}

double StableLog(double x) {
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < 0.70710678118654752) {
    mantissa *= 2;
    --exponent;
  }
  const double ratio = (mantissa - 1) / (mantissa + 1);
  const double square = ratio * ratio;
  double power = ratio, sum = 0;
  for (int i = 1; i < 40; i += 2) {
    sum += power / i;
    power *= square;
  }
  return 2 * sum + exponent * kLn2;
}

Random::Random(std::uint64_t seed, std::string_view name) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  increment_ = (hash << 1) | 1;
  Bits();
  state_ += seed * 0x9E3779B97F4A7C15ULL + hash;
  Bits();
}

std::uint32_t Random::Bits() {
  const std::uint64_t old = state_;
  state_ = old * 6364136223846793005ULL + increment_;
  const auto mixed = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
  const auto turn = static_cast<std::uint32_t>(old >> 59);
  return (mixed >> turn) | (mixed << ((32 - turn) & 31));
}

double Random::Uniform() {
  const std::uint64_t high = Bits() >> 5;
  const std::uint64_t low = Bits() >> 6;
  return static_cast<double>((high << 26) | low) / 9007199254740992.0;
}

int Random::Below(int limit) {
  return static_cast<int>((static_cast<std::uint64_t>(Bits()) * static_cast<std::uint64_t>(limit)) >> 32);
}

double Random::Normal() {
  for (;;) {  // Marsaglia's polar method
    const double u = 2 * Uniform() - 1;
    const double v = 2 * Uniform() - 1;
    const double s = u * u + v * v;
    if (s > 0 && s < 1) return u * std::sqrt(-2 * StableLog(s) / s);
  }
}

double Random::Gamma(double shape) {
  if (shape < 1) return Gamma(shape + 1) * StableExp(StableLog(1 - Uniform()) / shape);
  const double d = shape - 1.0 / 3.0;  // Marsaglia and Tsang 2000
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = Normal();
    const double root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    if (StableLog(1 - Uniform()) < 0.5 * x * x + d - d * v + d * StableLog(v)) return d * v;
  }
}

std::int64_t Random::Poisson(double mean) {
  if (mean <= 0) return 0;
  if (mean > kExactPoisson) {
    const double z = Normal();
    const double value = mean + std::sqrt(mean) * z + (z * z - 1) / 6;
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(value + 0.5)));
  }
  std::int64_t count = 0;
  double left = mean;
  while (left > 0) {  // sums of Poissons, each small enough for products of uniforms
    const double floor = StableExp(-std::min(left, 20.0));
    double product = 1 - Uniform();
    while (product > floor) {
      ++count;
      product *= 1 - Uniform();
    }
    left -= 20;
  }
  return count;
}

std::int64_t Random::Binomial(std::int64_t trials, double probability) {
  if (trials <= 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  if (probability > 0.5) return trials - Binomial(trials, 1 - probability);
  std::int64_t count = 0;
  if (trials <= 32) {
    for (std::int64_t i = 0; i < trials; ++i) count += Chance(probability);
    return count;
  }
  const double mean = static_cast<double>(trials) * probability;
  if (mean > kExactBinomial) {
    const double z = Normal();
    const double spread = std::sqrt(mean * (1 - probability));
    const double value = mean + spread * z + (1 - 2 * probability) * (z * z - 1) / 6;
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(value + 0.5)), 0, trials);
  }
  const double log_miss = StableLog(1 - probability);  // gaps between successes are geometric
  for (double at = 0;;) {
    at += std::floor(StableLog(1 - Uniform()) / log_miss) + 1;
    if (at > static_cast<double>(trials)) return count;
    ++count;
  }
}

}  // namespace backcast::demo
