// SPDX-License-Identifier: Apache-2.0
// All journeys of a question, compactly: distinct paths with what ended them, and which journeys one person
// made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace backcast {

/// A channel's place in the list of names, below kMostChannels.
using ChannelCode = std::uint16_t;
inline constexpr std::size_t kMostChannels = 65'000;
inline constexpr ChannelCode kNoChannel = 65'535;

/// A conversion that is known on its own, because its touches have times.
struct TimedConversion {
  std::uint32_t path = 0;
  bool alone = false;  ///< the only journey of its person
  double value = 0;
  std::uint32_t decay = 0;  ///< where its touches' weights begin in Journeys::decay
};

/// A journey of a person who made several.
struct PersonJourney {
  std::uint32_t path = 0;
  std::uint32_t conversion = 0;  ///< its TimedConversion, or kNotConverted
};
inline constexpr std::uint32_t kNotConverted = 0xffffffff;

/// Made by JourneyBuilder or PathTable; plain data from then on. Paths are numbered by first appearance.
struct Journeys {
  std::vector<ChannelCode> touches;  ///< of all paths, oldest first, one path after the other
  std::vector<std::uint32_t> offsets = {
      0};                              ///< path i has touches[offsets[i]] .. touches[offsets[i + 1] - 1]
  std::vector<double> converting;      ///< journeys of this path that ended in a conversion
  std::vector<double> value;           ///< and what those conversions are worth
  std::vector<double> not_converting;  ///< journeys of this path that did not

  /// Journeys of persons with no other: they are drawn by path when resampled.
  std::vector<double> alone_converting, alone_not_converting;
  /// Conversions with times, by path, then in the order of persons; empty when the journeys have no times.
  std::vector<TimedConversion> conversions;
  std::vector<double> decay;  ///< weight of each touch of each conversion, summing to one per conversion
  /// Persons with several journeys: person i has several[several_offsets[i]] ...
  std::vector<PersonJourney> several;
  std::vector<std::uint32_t> several_offsets = {0};
  double persons = 0;
  bool has_times = false;

  std::size_t paths() const { return offsets.size() - 1; }
  std::span<const ChannelCode> Path(std::size_t path) const {
    return {touches.data() + offsets[path], touches.data() + offsets[path + 1]};
  }
};

struct JourneyTotals {
  double journeys = 0, conversions = 0, value = 0;
};
JourneyTotals TotalsOf(const Journeys& journeys);

/// Orders the conversions by path; those of one path keep their order.
void SortConversions(Journeys& journeys);

/// Numbers paths by first appearance; equal paths get one number.
class PathIndex {
 public:
  explicit PathIndex(Journeys& journeys) : journeys_(journeys), slots_(1024, kFree) {}
  /// At most 2^32 - 2 touches in all.
  std::uint32_t Of(std::span<const ChannelCode> path);

 private:
  static constexpr std::uint64_t kFree = ~std::uint64_t{0};
  void Grow();

  Journeys& journeys_;
  std::vector<std::uint64_t> slots_;  // upper half of the hash, then the path's number
};

}  // namespace backcast
