// SPDX-License-Identifier: Apache-2.0
// Touches in any order into journeys: persons and channels by name, brought together by person and time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/channel_codes.h"
#include "desk/attribute_asked.h"

namespace backcast {

/// Words as dense numbers by first appearance.
class WordNumbers {
 public:
  WordNumbers() : slots_(1 << 16, kFree) {}
  static std::uint64_t HashOf(std::string_view word);
  /// Asks for the memory that NumberOf will look at.
  void Prefetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[Slot(hash)]); }
  std::uint32_t NumberOf(std::string_view word, std::uint64_t hash);
  std::size_t size() const { return ends_.size(); }

 private:
  static constexpr std::uint64_t kFree = ~std::uint64_t{0};
  std::size_t Slot(std::uint64_t hash) const { return (hash >> 16U) & (slots_.size() - 1); }
  std::string_view Word(std::uint32_t number) const;
  void Grow();

  std::vector<std::uint64_t> slots_;  // upper half of the hash, then the number
  std::string bytes_;
  std::vector<std::uint64_t> ends_;
};

/// Collects rows of a table of touches, in file order.
class TouchTable {
 public:
  struct Row {
    std::int64_t time = 0;  ///< microseconds
    ChannelCode channel = kNoChannel;
    bool converts = false;
    double value = 0;
  };
  /// The channel's code; kNoChannel for a blank name. Error: kInput for more channels than are kept apart.
  Result<ChannelCode> ChannelOf(std::string_view name);
  /// Asks for the memory of so many rows at once.
  void Reserve(std::size_t rows);
  void Add(std::uint32_t person, const Row& row);
  WordNumbers& persons() { return persons_; }
  ChannelCodes& channels() { return channels_; }
  std::size_t rows() const { return events_.size(); }

  /// Journeys by the rules; rows of one person at one time stay in file order. The table is empty then.
  void Finish(const JourneyRules& rules, double without_person, AskedJourneys& asked);

 private:
  struct Event {
    std::int64_t time;
    std::uint32_t conversion;  // its place in values_, or kNotConverted
    ChannelCode channel;
  };
  std::vector<std::uint32_t> Together() const;

  WordNumbers persons_;
  ChannelCodes channels_;
  std::vector<std::uint32_t> person_;
  std::vector<Event> events_;
  std::vector<double> values_;
};

}  // namespace backcast
