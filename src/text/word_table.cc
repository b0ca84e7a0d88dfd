// SPDX-License-Identifier: Apache-2.0
#include "text/word_table.h"

#include <cstring>
#include <random>
#include <utility>

namespace backcast {
namespace {

std::uint64_t Load(const char* from, std::size_t bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, bytes);
  return word;
}

/// Another one in every process, so that nobody can write words that all fall into one slot. Numbers do not
/// depend on it.
std::uint64_t Seed() {
  static const std::uint64_t seed = [] {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) ^ device();
  }();
  return seed;
}

std::uint64_t Mix(std::uint64_t value) {
  value ^= value >> 32U;
  value *= 0xd6e8feb86659fd93ULL;
  return value ^ (value >> 32U);
}

}  // namespace

std::uint64_t HashBytes(std::string_view bytes) {
  std::uint64_t hash = Seed() ^ (bytes.size() * 0x9e3779b97f4a7c15ULL);
  for (; bytes.size() >= 8; bytes.remove_prefix(8))
    hash = Mix(hash ^ Load(bytes.data(), 8)) * 0x9e3779b97f4a7c15ULL;
  return Mix(hash ^ Load(bytes.data(), bytes.size()));
}

std::uint32_t WordTable::Find(std::string_view word) const {
  const auto hash = static_cast<std::uint32_t>(HashBytes(word));
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.number == kNone) return kNone;
    if (slot.hash == hash && (*this)[slot.number] == word) return slot.number;
  }
}

std::uint32_t WordTable::Add(std::string_view word) {
  if (2 * (size() + 1) > slots_.size()) Grow();
  const auto hash = static_cast<std::uint32_t>(HashBytes(word));
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].number != kNone; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && (*this)[slots_[at].number] == word) return slots_[at].number;
  }
  slots_[at] = {hash, static_cast<std::uint32_t>(size())};
  bytes_.append(word);
  ends_.push_back(bytes_.size());
  return slots_[at].number;
}

void WordTable::Grow() {
  std::vector<Slot> old(2 * slots_.size());
  std::swap(old, slots_);
  for (const Slot& slot : old) {
    if (slot.number == kNone) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].number != kNone) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

}  // namespace backcast
