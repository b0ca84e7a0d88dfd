// SPDX-License-Identifier: Apache-2.0
// Chance that is the same on every platform: permutations and simulated worlds. Same seed, same numbers.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace backcast {

/// xoshiro256** (Blackman and Vigna 2018), seeded by splitmix64.
class Random {
 public:
  explicit Random(std::uint64_t seed);
  std::uint64_t Next();
  double Uniform();                        ///< in [0, 1)
  std::uint64_t Below(std::uint64_t end);  ///< 0 .. end - 1, end > 0
  double Normal();                         ///< mean 0, variance 1 (polar method)
  double Poisson(double mean);
  double Binomial(double n, double p);
  void Shuffle(std::span<double> values);

 private:
  std::array<std::uint64_t, 4> state_{};
  double spare_ = 0;
  bool has_spare_ = false;
};

/// A seed from what is asked, so that the same question gives the same answer (FNV-1a, 64 bits).
std::uint64_t SeedOf(std::string_view text);

}  // namespace backcast
