// SPDX-License-Identifier: Apache-2.0
#include "text/word_table.h"

#include <utility>

namespace backcast {

std::uint32_t WordTable::Add(std::string_view word) {
  const std::uint64_t key = WordKey(word);
  if (const std::uint32_t known = Find(key, [&] { return word; }); known != kNone) return known;
  if (3 * (size() + 1) > slots_.size()) Grow();
  const auto number = static_cast<std::uint32_t>(size());
  Put({key, number});
  bytes_.append(word);
  ends_.push_back(bytes_.size());
  return number;
}

void WordTable::Put(const Slot& slot) {
  std::size_t at = Home(slot.key);
  while (slots_[at].number != kNone) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = slot;
}

void WordTable::Grow() {
  std::vector<Slot> old(2 * slots_.size());
  std::swap(old, slots_);
  --shift_;
  for (const Slot& slot : old) {
    if (slot.number != kNone) Put(slot);
  }
}

}  // namespace backcast
