// SPDX-License-Identifier: Apache-2.0
#include "lake/write/distinct.h"

#include <algorithm>
#include <cstring>
#include <utility>

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

template <class T>
bool SameAt(const char* a, const char* b) {
  T x, y;
  std::memcpy(&x, a, sizeof x);
  std::memcpy(&y, b, sizeof y);
  return x == y;
}

/// a == b for words that are mostly short: a few loads instead of a call.
bool Same(std::string_view a, std::string_view b) {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (size > 16) return a == b;
  const auto both_ends = [&]<class T>(T) {
    const std::size_t last = size - sizeof(T);
    return SameAt<T>(a.begin(), b.begin()) && SameAt<T>(a.begin() + last, b.begin() + last);
  };
  if (size >= 8) return both_ends(std::uint64_t{});
  if (size >= 4) return both_ends(std::uint32_t{});
  if (size >= 2) return both_ends(std::uint16_t{});
  return size == 0 || a[0] == b[0];
}

}  // namespace

void DistinctWords::Grow() {
  const std::vector<Slot> before =
      std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(64, slots_.size() * 2)));
  for (const Slot& slot : before) {
    if (slot.number == 0) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].number != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

std::uint32_t DistinctWords::Find(std::string_view word) {
  if (size() > 0 && Same((*this)[last_], word)) return last_;
  if (size() * 2 >= slots_.size()) Grow();
  const std::uint32_t hash = HashOf(word);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].number != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && Same((*this)[slots_[at].number - 1], word))
      return last_ = slots_[at].number - 1;
  }
  last_ = static_cast<std::uint32_t>(size());
  slots_[at] = {hash, last_ + 1};
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
