// SPDX-License-Identifier: Apache-2.0
#include "desk/attribute_touches.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <numeric>
#include <thread>
#include <utility>

#include "desk/attribute_columns.h"

namespace backcast {
namespace {

constexpr std::uint64_t kUpper = 0xffffffff00000000ULL;

Error TooManyChannels() {
  return {Code::kInput, "", "there are more than " + std::to_string(kMostChannels) + " channels",
          "group them, for example by source and medium, before they are credited"};
}

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

// The slots of all, then the ends of the words that stand there, then the words.
void WordNumbers::Prefetch(std::span<const std::uint64_t> hashes) const {
  for (const std::uint64_t hash : hashes) __builtin_prefetch(&slots_[Slot(hash)]);
  for (const std::uint64_t hash : hashes) {
    if (const std::uint64_t slot = slots_[Slot(hash)]; slot != kFree)
      __builtin_prefetch(&ends_[static_cast<std::uint32_t>(slot)]);
  }
  for (const std::uint64_t hash : hashes) {
    if (const std::uint64_t slot = slots_[Slot(hash)]; slot != kFree)
      __builtin_prefetch(bytes_.data() + ends_[static_cast<std::uint32_t>(slot)] - 1);
  }
}

void WordNumbers::NumbersOf(std::span<const std::string_view> words, std::vector<std::uint32_t>& numbers) {
  constexpr std::size_t kTogether = 256;
  numbers.assign(words.size(), 0);
  for (std::size_t from = 0; from < words.size(); from += kTogether) {
    const std::size_t to = std::min(words.size(), from + kTogether);
    hashes_.clear();
    for (std::size_t at = from; at < to; ++at) hashes_.push_back(HashOf(words[at]));
    Prefetch(hashes_);
    for (std::size_t at = from; at < to; ++at) {
      if (!words[at].empty()) numbers[at] = NumberOf(words[at], hashes_[at - from]);
    }
  }
}

std::vector<std::uint32_t> WordNumbers::Take(const WordNumbers& more) {
  std::vector<std::string_view> words;
  words.reserve(more.size());
  for (std::uint32_t number = 0; number < more.size(); ++number) words.push_back(more.Word(number));
  std::vector<std::uint32_t> numbers;
  NumbersOf(words, numbers);
  return numbers;
}

void WordNumbers::Grow() {
  slots_.assign(slots_.size() * 2, kFree);
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
  return TooManyChannels();
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

Result<Done> TouchTable::Take(TouchTable more) {
  const std::optional<std::vector<ChannelCode>> codes = channels_.Take(more.channels_);
  if (!codes) return TooManyChannels();
  const std::vector<std::uint32_t> numbers = persons_.Take(std::exchange(more.persons_, WordNumbers()));
  const auto conversions = static_cast<std::uint32_t>(values_.size());
  for (std::size_t row = 0; row < more.events_.size(); ++row) {
    Event event = more.events_[row];
    if (event.channel != kNoChannel) event.channel = (*codes)[event.channel];
    if (event.conversion != kNotConverted) event.conversion += conversions;
    events_.push_back(event);
    person_.push_back(numbers[more.person_[row]]);
  }
  values_.insert(values_.end(), more.values_.begin(), more.values_.end());
  return Done{};
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

// The journeys of some persons, whose rows stand together.
JourneyPart TouchTable::Build(std::span<const std::uint32_t> rows, const JourneyRules& rules,
                              ChannelCode direct) const {
  constexpr std::size_t kAhead = 16;
  JourneyBuilder builder(rules, direct);
  std::vector<Event> events;
  std::vector<std::uint32_t> person;
  std::vector<std::int64_t> time;
  std::vector<ChannelCode> channel;
  std::vector<std::uint8_t> converts;
  std::vector<double> value;
  for (std::size_t at = 0; at < rows.size();) {
    const std::uint32_t one = person_[rows[at]];
    events.clear();
    for (; at < rows.size() && person_[rows[at]] == one; ++at) {
      if (at + kAhead < rows.size()) {
        __builtin_prefetch(&events_[rows[at + kAhead]]);
        __builtin_prefetch(&person_[rows[at + kAhead]]);
      }
      events.push_back(events_[rows[at]]);
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
  JourneyPart part;
  part.journeys = builder.Finish();
  part.coverage = builder.coverage();
  return part;
}

// In parts of whole persons, as many as the rows ask for and not as there are threads.
JourneyPart TouchTable::BuildAll(const JourneyRules& rules, ChannelCode direct, int threads) const {
  constexpr std::size_t kRowsOfPart = 200'000;
  const std::vector<std::uint32_t> order = Together();
  std::vector<std::size_t> from = {0};
  while (from.back() < order.size()) {
    std::size_t to = std::min(order.size(), from.back() + kRowsOfPart);
    while (to < order.size() && person_[order[to]] == person_[order[to - 1]]) ++to;
    from.push_back(to);
  }
  if (from.size() == 1) from.push_back(0);
  std::vector<JourneyPart> parts(from.size() - 1);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t part = next++; part < parts.size(); part = next++)
      parts[part] = Build(std::span(order).subspan(from[part], from[part + 1] - from[part]), rules, direct);
  };
  const std::size_t most =
      threads > 0 ? static_cast<std::size_t>(threads) : std::thread::hardware_concurrency();
  std::vector<std::thread> others;
  for (std::size_t thread = 1; thread < std::min(most, parts.size()); ++thread) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  return JoinParts(std::move(parts));
}

void TouchTable::Finish(const JourneyRules& rules, double without_person, AskedJourneys& asked, int threads) {
  asked.direct = channels_.Find(DirectWords());
  asked.rules = rules;
  persons_ = WordNumbers();
  JourneyPart all = BuildAll(rules, asked.direct, threads);
  asked.journeys = std::move(all.journeys);
  asked.channels = channels_.Shown();
  const JourneyCoverage& coverage = all.coverage;
  asked.conversions = coverage.conversions + without_person;
  asked.touches = coverage.touches;
  asked.too_old = coverage.too_old;
  asked.shaped = coverage.shaped;
  asked.causes = CausesOf(coverage, without_person, rules.window_days);
}

}  // namespace backcast
