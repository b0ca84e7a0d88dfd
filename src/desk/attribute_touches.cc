// SPDX-License-Identifier: Apache-2.0
#include "desk/attribute_touches.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "desk/attribute_columns.h"

namespace backcast {
namespace {

constexpr std::uint64_t kUpper = 0xffffffff00000000ULL;

}  // namespace

std::uint64_t WordNumbers::HashOf(std::string_view word) {
  std::uint64_t hash = 0x9e3779b97f4a7c15ULL ^ word.size();
  std::size_t at = 0;
  for (; at + 8 <= word.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, word.data() + at, 8);
    hash = (hash ^ eight) * 0xff51afd7ed558ccdULL;
    hash ^= hash >> 32U;
  }
  std::uint64_t rest = 0;
  std::memcpy(&rest, word.data() + at, word.size() - at);
  hash = (hash ^ rest) * 0xc4ceb9fe1a85ec53ULL;
  hash ^= hash >> 29U;
  return hash * 0xff51afd7ed558ccdULL;
}

std::string_view WordNumbers::Word(std::uint32_t number) const {
  const std::uint64_t from = number == 0 ? 0 : ends_[number - 1];
  return std::string_view(bytes_).substr(from, ends_[number] - from);
}

std::uint32_t WordNumbers::NumberOf(std::string_view word, std::uint64_t hash) {
  std::size_t at = Slot(hash);
  for (; slots_[at] != kFree; at = (at + 1) & (slots_.size() - 1)) {
    if ((slots_[at] & kUpper) != (hash & kUpper)) continue;
    const auto number = static_cast<std::uint32_t>(slots_[at]);
    if (Word(number) == word) return number;
  }
  const auto number = static_cast<std::uint32_t>(ends_.size());
  slots_[at] = (hash & kUpper) | number;
  bytes_.append(word);
  ends_.push_back(bytes_.size());
  if (2 * ends_.size() > slots_.size()) Grow();
  return number;
}

void WordNumbers::Grow() {
  slots_.assign(slots_.size() * 4, kFree);
  for (std::uint32_t number = 0; number < ends_.size(); ++number) {
    const std::uint64_t hash = HashOf(Word(number));
    std::size_t at = Slot(hash);
    while (slots_[at] != kFree) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = (hash & kUpper) | number;
  }
}

Result<ChannelCode> TouchTable::ChannelOf(std::string_view name) {
  const std::optional<ChannelCode> code = channels_.CodeOf(name);
  if (code) return *code;
  if (!channels_.full() || FoldedName(name).empty()) return kNoChannel;
  return Error{Code::kInput, "", "there are more than " + std::to_string(kMostChannels) + " channels",
               "group them, for example by source and medium, before they are credited"};
}

void TouchTable::Reserve(std::size_t rows) {
  person_.reserve(rows);
  events_.reserve(rows);
}

void TouchTable::Add(std::uint32_t person, const Row& row) {
  person_.push_back(person);
  events_.push_back(
      {row.time, row.converts ? static_cast<std::uint32_t>(values_.size()) : kNotConverted, row.channel});
  if (row.converts) values_.push_back(row.value);
}

// Rows ordered by person, those of one person in file order.
std::vector<std::uint32_t> TouchTable::Together() const {
  const std::uint32_t last = person_.empty() ? 0 : *std::max_element(person_.begin(), person_.end());
  std::vector<std::uint32_t> from(static_cast<std::size_t>(last) + 2);
  for (const std::uint32_t person : person_) ++from[person + 1];
  std::partial_sum(from.begin(), from.end(), from.begin());
  std::vector<std::uint32_t> order(person_.size());
  for (std::uint32_t row = 0; row < person_.size(); ++row) order[from[person_[row]]++] = row;
  return order;
}

void TouchTable::Finish(const JourneyRules& rules, double without_person, AskedJourneys& asked) {
  asked.direct = channels_.Find(DirectWords());
  asked.rules = rules;
  JourneyBuilder builder(rules, asked.direct);
  persons_ = WordNumbers();
  const std::vector<std::uint32_t> order = Together();
  constexpr std::size_t kAhead = 16;
  std::vector<Event> events;
  std::vector<std::uint32_t> person;
  std::vector<std::int64_t> time;
  std::vector<ChannelCode> channel;
  std::vector<std::uint8_t> converts;
  std::vector<double> value;
  for (std::size_t at = 0; at < order.size();) {
    const std::uint32_t one = person_[order[at]];
    events.clear();
    for (; at < order.size() && person_[order[at]] == one; ++at) {
      if (at + kAhead < order.size()) {
        __builtin_prefetch(&events_[order[at + kAhead]]);
        __builtin_prefetch(&person_[order[at + kAhead]]);
      }
      events.push_back(events_[order[at]]);
    }
    const auto earlier = [](const Event& a, const Event& b) { return a.time < b.time; };
    if (!std::is_sorted(events.begin(), events.end(), earlier))
      std::stable_sort(events.begin(), events.end(), earlier);
    person.assign(events.size(), one);
    time.resize(events.size());
    channel.resize(events.size());
    converts.resize(events.size());
    value.resize(events.size());
    for (std::size_t row = 0; row < events.size(); ++row) {
      time[row] = events[row].time;
      channel[row] = events[row].channel;
      converts[row] = events[row].conversion != kNotConverted ? 1 : 0;
      value[row] = converts[row] != 0 ? values_[events[row].conversion] : 0;
    }
    builder.Add({person, time, channel, converts, value});
  }
  asked.journeys = builder.Finish();
  asked.channels = channels_.Shown();
  const JourneyCoverage& coverage = builder.coverage();
  asked.conversions = coverage.conversions + without_person;
  asked.touches = coverage.touches;
  asked.too_old = coverage.too_old;
  asked.shaped = coverage.shaped;
  asked.causes = CausesOf(coverage, without_person, rules.window_days);
}

}  // namespace backcast
