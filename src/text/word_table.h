// SPDX-License-Identifier: Apache-2.0
// Words by number, in the order they were added. Made for looking up millions of short words, also those that
// somebody chose to make that slow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/word_key.h"

namespace backcast {

class WordTable {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  /// Number of the word, kNone when it was never added.
  std::uint32_t Find(std::string_view word) const {
    return Find(WordKey(word), [&] { return word; });
  }
  /// The same by the word's key; `spelled()` is asked for the word where the key does not tell.
  template <class Spelled>
  std::uint32_t Find(std::uint64_t key, const Spelled& spelled) const {
    for (std::size_t at = Home(key);; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (slot.key == key && (key < kKeyOfMany || (*this)[slot.number] == spelled())) return slot.number;
      if (slot.number == kNone) return kNone;
    }
  }
  /// Its number; a new one when it was never added.
  std::uint32_t Add(std::string_view word);
  std::string_view operator[](std::uint32_t number) const {
    return std::string_view(bytes_).substr(ends_[number], ends_[number + 1] - ends_[number]);
  }
  std::size_t size() const { return ends_.size() - 1; }

 private:
  /// An empty slot has key 0 and no number; so has the empty word when it was never added.
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t number = kNone;
  };
  std::size_t Home(std::uint64_t key) const { return key * kWordMultiplier >> shift_; }
  void Put(const Slot& slot);
  void Grow();

  std::string bytes_;
  std::vector<std::size_t> ends_{0};
  std::vector<Slot> slots_ = std::vector<Slot>(64);
  unsigned shift_ = 64 - 6;  ///< leaves as many bits as number a slot
};

}  // namespace backcast
