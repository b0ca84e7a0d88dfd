// SPDX-License-Identifier: Apache-2.0
// Tells at the cost of one look that a key is not on a list: most words of a text need no more (B. H. Bloom,
// Communications of the ACM 13, 1970).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "text/word_key.h"

namespace backcast {

/// 16 KiB, which stay near the processor. Of keys that are not among 8,000 listed ones it lets one in fifty
/// pass.
class WordFilter {
 public:
  void Add(std::uint64_t key) { cells_[Cell(key)] |= Bits(key); }
  /// True when the key was added, false for most others.
  bool May(std::uint64_t key) const { return (cells_[Cell(key)] & Bits(key)) == Bits(key); }

 private:
  static constexpr unsigned kCellBits = 11;

  static std::size_t Cell(std::uint64_t key) { return key * kWordMultiplier >> (64 - kCellBits); }
  static std::uint64_t Bits(std::uint64_t key) {
    const std::uint64_t spread = key * kWordMultiplier;
    return std::uint64_t{1} << (spread >> 47U) % 64 | std::uint64_t{1} << (spread >> 41U) % 64;
  }

  std::vector<std::uint64_t> cells_ = std::vector<std::uint64_t>(std::size_t{1} << kCellBits);
};

/// Key of two words, one behind the other.
inline std::uint64_t PairKey(std::uint64_t first, std::uint64_t second) {
  return first * 0x9e3779b97f4a7c15ULL + second;
}

}  // namespace backcast
