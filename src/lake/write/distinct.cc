// SPDX-License-Identifier: Apache-2.0
#include "lake/write/distinct.h"

#include <cstring>

namespace backcast {
namespace {

constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15ULL;

std::uint64_t Spread(std::uint64_t value) {
  value *= kMix;
  return value ^ (value >> 32);
}

std::uint32_t HashOf(std::string_view word) {
  std::uint64_t hash = word.size() * kMix;
  while (word.size() >= 8) {
    std::uint64_t part = 0;
    std::memcpy(&part, word.data(), 8);
    hash = Spread(hash ^ part);
    word.remove_prefix(8);
  }
  std::uint64_t part = 0;
  std::memcpy(&part, word.data(), word.size());
  return static_cast<std::uint32_t>(Spread(hash ^ part));
}

}  // namespace

void DistinctWords::Grow() {
  slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, 0);
  for (std::size_t number = 0; number < hashes_.size(); ++number) {
    std::size_t at = hashes_[number] & (slots_.size() - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = static_cast<std::uint32_t>(number) + 1;
  }
}

std::uint32_t DistinctWords::Find(std::string_view word) {
  if (!hashes_.empty() && (*this)[last_] == word) return last_;
  if (hashes_.size() * 2 >= slots_.size()) Grow();
  const std::uint32_t hash = HashOf(word);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    const std::uint32_t number = slots_[at] - 1;
    if (hashes_[number] == hash && (*this)[number] == word) return last_ = number;
  }
  last_ = static_cast<std::uint32_t>(hashes_.size());
  slots_[at] = last_ + 1;
  hashes_.push_back(hash);
  text_ += word;
  ends_.push_back(text_.size());
  return last_;
}

void DistinctWords::clear() { *this = DistinctWords(); }

bool DistinctNumbers::Number(const std::vector<std::int64_t>& values, std::size_t most) {
  values_.clear();
  numbers_.resize(values.size());
  std::size_t room = 64;
  while (room < most * 2) room *= 2;
  slots_.assign(room, 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0 && values[i] == values[i - 1]) {
      numbers_[i] = numbers_[i - 1];
      continue;
    }
    std::size_t at = Spread(static_cast<std::uint64_t>(values[i])) & (room - 1);
    while (slots_[at] != 0 && values_[slots_[at] - 1] != values[i]) at = (at + 1) & (room - 1);
    if (slots_[at] == 0) {
      if (values_.size() == most) return false;
      values_.push_back(values[i]);
      slots_[at] = static_cast<std::uint32_t>(values_.size());
    }
    numbers_[i] = slots_[at] - 1;
  }
  return true;
}

}  // namespace backcast
