// SPDX-License-Identifier: Apache-2.0
// Touches in any order into journeys: persons and channels by name, brought together by person and time.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/channel_codes.h"
#include "attribution/journey_parts.h"
#include "base/large_pages.h"
#include "desk/attribute_asked.h"

namespace backcast {

/// Words as dense numbers by first appearance. Words of up to 15 bytes, as ids mostly are, stand in their
/// key.
class WordNumbers {
 public:
  WordNumbers() : slots_(1 << 16, kFree) {}
  std::uint32_t NumberOf(std::string_view word) { return NumberOf(word, Ask(word)); }
  /// NumberOf of many words, whose memory is asked for before it is looked at. A blank word gets no number.
  void NumbersOf(std::span<const std::string_view> words, std::vector<std::uint32_t>& numbers);
  /// Takes over the words of another list after its own: by the other's numbers, the numbers here.
  std::vector<std::uint32_t> Take(const WordNumbers& more);
  std::size_t size() const { return keys_.size(); }

 private:
  static constexpr std::uint64_t kFree = ~std::uint64_t{0};
  static constexpr std::size_t kShort = 15;
  static constexpr char kIsLong = 127;
  /// Bytes of a short word, the last its length; of a long one kIsLong last, and its place in long_ first.
  struct Key {
    char bytes[kShort + 1] = {};
  };
  struct Asked {
    Key key;
    std::uint64_t hash = 0;
  };
  static Asked Ask(std::string_view word);
  std::uint32_t NumberOf(std::string_view word, const Asked& asked);
  bool Is(std::uint32_t number, std::string_view word, const Key& key) const;
  std::string_view Word(std::uint32_t number) const;
  std::size_t Slot(std::uint64_t hash) const { return (hash >> 16U) & (slots_.size() - 1); }
  void Grow();

  LargeVector<std::uint64_t> slots_;  // upper half of the hash, then the number
  LargeVector<Key> keys_;
  std::vector<std::string> long_;
  std::vector<Asked> asked_;  // the words at hand
};

/// Collects rows of a table of touches.
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
  /// Takes over the rows of a table that was read apart, after its own. Error: as ChannelOf.
  Result<Done> Take(TouchTable more);
  /// For rows that came in any order: person p becomes persons[p], channels are put in order of their names,
  /// and touches of one person at one time will stand in that order, before conversions.
  void PutInOrder(const std::vector<std::uint32_t>& persons);
  WordNumbers& persons() { return persons_; }
  ChannelCodes& channels() { return channels_; }
  std::size_t rows() const { return events_.size(); }

  /// Journeys by the rules; rows of one person at one time stay in the order in which they came, unless
  /// PutInOrder. The table is empty then. The answer does not depend on `threads` (0: one per core).
  void Finish(const JourneyRules& rules, double without_person, AskedJourneys& asked, int threads = 0);

 private:
  struct Event {
    std::int64_t time;
    std::uint32_t conversion;  // its place in values_, or kNotConverted
    ChannelCode channel;
  };
  LargeVector<std::uint32_t> Together() const;
  JourneyPart Build(std::span<const std::uint32_t> rows, const JourneyRules& rules, ChannelCode direct) const;
  JourneyPart BuildAll(const JourneyRules& rules, ChannelCode direct, int threads) const;

  WordNumbers persons_;
  ChannelCodes channels_;
  LargeVector<std::uint32_t> person_;
  LargeVector<Event> events_;
  std::vector<double> values_;
  bool by_name_ = false;  // channels at one time
};

}  // namespace backcast
