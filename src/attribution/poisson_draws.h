// SPDX-License-Identifier: Apache-2.0
// Poisson counts for several streams of chance at once. Each lane is a stream of its own, so that what a
// resample draws depends on its number only, never on its neighbours or on threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace backcast {

/// Resamples that are counted side by side.
inline constexpr std::size_t kLanes = 8;

/// xoshiro128++ (Blackman and Vigna 2021) in every lane, 31 bits a draw.
class LaneRandom {
 public:
  /// `seeds`: one per lane.
  explicit LaneRandom(std::span<const std::uint64_t, kLanes> seeds);
  void Next(std::int32_t* bits);  ///< kLanes numbers, 0 .. 2^31 - 1

 private:
  std::array<std::array<std::uint32_t, kLanes>, 4> state_{};
};

/// Thresholds for inverting Poisson(1) and tables for larger means, made when they are first needed; one per
/// thread.
class PoissonDraws {
 public:
  PoissonDraws();
  /// Counts with mean one: how often a person is drawn. kLanes counts.
  void One(LaneRandom& random, double* counts) const;
  /// The sum over `persons` persons, a whole number >= 0. Above kLargest the spread of Poisson(kLargest),
  /// widened to the right standard deviation, stands for the count.
  void Sum(double persons, LaneRandom& random, double* counts);

 private:
  static constexpr double kLargest = 10'000;
  struct Table {
    double least = 0;
    std::vector<std::int32_t> below;  ///< draws under below[i] are at most least + i
  };
  static Table Make(double mean);
  const Table& TableOf(double mean);

  std::vector<Table> small_;
  std::unordered_map<std::int64_t, Table> large_;
  std::array<std::int32_t, 12> one_{};
};

}  // namespace backcast
