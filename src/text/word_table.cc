// SPDX-License-Identifier: Apache-2.0
#include "text/word_table.h"

#include <cstring>
#include <random>
#include <utility>

namespace backcast {
namespace {

/// Another one in every process, so that nobody can write words that all fall into one slot. Numbers do not
/// depend on it.
const std::uint64_t kSeed = [] {
  std::random_device device;
  return (std::uint64_t{device()} << 32U) ^ device();
}();

std::uint64_t Load8(const char* from) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, 8);
  return word;
}

std::uint64_t Load4(const char* from) {
  std::uint32_t word = 0;
  std::memcpy(&word, from, 4);
  return word;
}

/// Up to eight bytes as one number; what overlaps is read twice.
std::uint64_t Load(const char* from, std::size_t bytes) {
  if (bytes >= 4) return Load4(from) | Load4(from + bytes - 4) << 32U;
  if (bytes == 0) return 0;
  const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(from[i])}; };
  return byte(0) | byte(bytes / 2) << 8U | byte(bytes - 1) << 16U;
}

std::uint64_t Mix(std::uint64_t value) {
  value ^= value >> 32U;
  value *= 0xd6e8feb86659fd93ULL;
  return value ^ (value >> 32U);
}

std::uint32_t Hash(std::string_view bytes) {
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t hash = kSeed ^ (left * 0x9e3779b97f4a7c15ULL);
  for (; left > 8; at += 8, left -= 8) hash = Mix(hash ^ Load8(at)) * 0x9e3779b97f4a7c15ULL;
  return static_cast<std::uint32_t>(Mix(hash ^ Load(at, left)) * 0x9e3779b97f4a7c15ULL >> 32U);
}

bool Same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a.size() > 8) return std::memcmp(a.data(), b.data(), a.size()) == 0;
  return Load(a.data(), a.size()) == Load(b.data(), b.size());
}

}  // namespace

std::uint32_t WordTable::Find(std::string_view word) const {
  const auto hash = Hash(word);
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.number == kNone) return kNone;
    if (slot.hash == hash && Same((*this)[slot.number], word)) return slot.number;
  }
}

std::uint32_t WordTable::Add(std::string_view word) {
  if (2 * (size() + 1) > slots_.size()) Grow();
  const auto hash = Hash(word);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].number != kNone; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && Same((*this)[slots_[at].number], word)) return slots_[at].number;
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
