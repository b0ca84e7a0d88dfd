// SPDX-License-Identifier: Apache-2.0
// Words by number, in the order they were added. Made for looking up millions of short words, also those that
// somebody chose to make that slow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace backcast {

class WordTable {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  /// Number of the word, kNone when it was never added.
  std::uint32_t Find(std::string_view word) const;
  /// Its number; a new one when it was never added.
  std::uint32_t Add(std::string_view word);
  std::string_view operator[](std::uint32_t number) const {
    return std::string_view(bytes_).substr(ends_[number], ends_[number + 1] - ends_[number]);
  }
  std::size_t size() const { return ends_.size() - 1; }

 private:
  struct Slot {
    std::uint32_t hash = 0, number = kNone;
  };
  void Grow();

  std::string bytes_;
  std::vector<std::size_t> ends_{0};
  std::vector<Slot> slots_ = std::vector<Slot>(64);
};

}  // namespace backcast
