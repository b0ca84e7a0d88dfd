// SPDX-License-Identifier: Apache-2.0
#include "measure/random.h"

#include <bit>
#include <cmath>
#include <utility>

namespace backcast {
namespace {

constexpr double kLargeMean = 60;  ///< above it a rounded normal stands for the count
__extension__ using Wide = unsigned __int128;

}  // namespace

Random::Random(std::uint64_t seed) {
  for (std::uint64_t& word : state_) {
    seed += 0x9e3779b97f4a7c15ULL;
    std::uint64_t mixed = seed;
    mixed = (mixed ^ mixed >> 30U) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ mixed >> 27U) * 0x94d049bb133111ebULL;
    word = mixed ^ mixed >> 31U;
  }
}

std::uint64_t Random::Next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9, shifted = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double Random::Uniform() { return static_cast<double>(Next() >> 11U) * 0x1.0p-53; }

std::uint64_t Random::Below(std::uint64_t end) {
  return static_cast<std::uint64_t>(static_cast<Wide>(Next()) * end >> 64U);
}

double Random::Normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  for (;;) {
    const double u = 2 * Uniform() - 1, v = 2 * Uniform() - 1, s = u * u + v * v;
    if (s >= 1 || s == 0) continue;
    const double scale = std::sqrt(-2 * std::log(s) / s);
    spare_ = v * scale;
    has_spare_ = true;
    return u * scale;
  }
}

double Random::Poisson(double mean) {
  if (mean <= 0) return 0;
  if (mean > kLargeMean) return std::max(0.0, std::round(mean + std::sqrt(mean) * Normal()));
  const double limit = std::exp(-mean);
  double product = Uniform(), count = 0;
  while (product > limit) {
    product *= Uniform();
    ++count;
  }
  return count;
}

double Random::Binomial(double n, double p) {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - Binomial(n, 1 - p);
  if (n * p > kLargeMean)
    return std::min(n, std::max(0.0, std::round(n * p + std::sqrt(n * p * (1 - p)) * Normal())));
  // Waiting times between successes are geometric.
  const double scale = std::log1p(-p);
  double trials = 0, successes = 0;
  for (;;) {
    trials += std::floor(std::log1p(-Uniform()) / scale) + 1;
    if (trials > n) return successes;
    ++successes;
  }
}

void Random::Shuffle(std::span<double> values) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[Below(i)]);
}

std::uint64_t SeedOf(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace backcast
