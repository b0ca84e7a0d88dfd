// SPDX-License-Identifier: Apache-2.0
// A word as one number, so that words are compared and looked up eight bytes at a time.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace backcast {

inline constexpr std::uint64_t kEachByte = 0x0101010101010101ULL;
inline constexpr std::uint64_t kHighBits = 0x80 * kEachByte;

/// The first `bytes`, at most eight, behind `from`: the first one lowest, zero above the last one.
inline std::uint64_t LoadBytes(const char* from, std::size_t bytes) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t eight = 0;
  if (bytes == 8) {
    std::memcpy(&eight, from, 8);
  } else if (bytes >= 4) {
    std::uint32_t first = 0, last = 0;  // what overlaps is read twice
    std::memcpy(&first, from, 4);
    std::memcpy(&last, from + bytes - 4, 4);
    eight = first | std::uint64_t{last} << (8 * bytes - 32);
  } else {
    for (std::size_t i = 0; i < bytes; ++i)
      eight |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
  }
  return eight;
}

/// The eight bytes at `at`; zero where the text has ended.
inline std::uint64_t EightAt(std::string_view text, std::size_t at) {
  return LoadBytes(text.data() + at, std::min<std::size_t>(text.size() - at, 8));
}

/// 0x80 in every byte from `first` to `last`, which are ASCII; 0 in the others.
inline std::uint64_t BytesBetween(std::uint64_t eight, unsigned char first, unsigned char last) {
  const std::uint64_t ascii = eight & ~kHighBits;
  const std::uint64_t from = ascii + (0x80U - first) * kEachByte;
  const std::uint64_t behind = ascii + (0x7FU - last) * kEachByte;
  return from & ~behind & ~eight & kHighBits;
}

inline std::uint64_t AsciiLetters(std::uint64_t eight) {
  return BytesBetween(eight | 0x20 * kEachByte, 'a', 'z');
}

/// With how many ASCII letters it begins.
inline std::size_t CountLetters(std::uint64_t eight) {
  return static_cast<std::size_t>(std::countr_zero(~AsciiLetters(eight) & kHighBits)) / 8;
}

/// 0xFF in each of the first `bytes`.
inline std::uint64_t FirstBytes(std::size_t bytes) {
  return bytes == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * bytes) - 1;
}

/// ASCII letters in lower case, all else as it is.
inline std::uint64_t LowerEight(std::uint64_t eight) { return eight | BytesBetween(eight, 'A', 'Z') >> 2U; }

/// Whether one of the first `bytes` stands three times in a row; those above are zero.
inline bool HasTriple(std::uint64_t eight, std::size_t bytes) {
  const std::uint64_t differs = eight ^ eight >> 8U;  // from the next byte
  const std::uint64_t thrice = differs | differs >> 8U;
  const std::uint64_t zero = (thrice - kEachByte) & ~thrice & kHighBits;  // the lowest one is right
  return static_cast<std::size_t>(std::countr_zero(zero)) / 8 + 2 < bytes;
}

/// The same of a whole word, ASCII letters of both cases being one.
inline bool HasTriple(std::string_view word) {
  for (std::size_t at = 0; at + 2 < word.size(); at += 6) {
    if (HasTriple(LowerEight(EightAt(word, at)), std::min<std::size_t>(word.size() - at, 8))) return true;
  }
  return false;
}

/// Drawn anew in every process and odd. Multiplying by it spreads keys over slots so that nobody can choose
/// words that share one (Dietzfelbinger and others, Journal of Algorithms 25, 1997).
extern const std::uint64_t kWordMultiplier;

/// Set in the key of a word whose key does not tell it from all others: the words have to be compared.
inline constexpr std::uint64_t kKeyOfMany = 0x8000000000000000ULL;

/// Up to eight bytes of ASCII are their own key; other words have a hash. `fold` is applied to every eight
/// bytes.
template <class Fold>
std::uint64_t WordKey(std::string_view word, const Fold& fold) {
  if (word.size() <= 8 && (word.empty() || word.back() != '\0')) return fold(EightAt(word, 0));
  std::uint64_t hash = word.size();
  for (std::size_t at = 0; at < word.size(); at += 8) {
    hash = (hash ^ fold(EightAt(word, at))) * kWordMultiplier;
    hash ^= hash >> 32U;
  }
  return hash | kKeyOfMany;
}

/// Of a word as it is written.
inline std::uint64_t WordKey(std::string_view word) {
  return WordKey(word, [](std::uint64_t eight) { return eight; });
}

/// Of the word in lower case; for ASCII.
inline std::uint64_t FoldedKey(std::string_view word) {
  return WordKey(word, [](std::uint64_t eight) { return LowerEight(eight); });
}

}  // namespace backcast
