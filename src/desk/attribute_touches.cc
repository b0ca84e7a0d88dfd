// SPDX-License-Identifier: Apache-2.0
#include "desk/attribute_touches.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
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

WordNumbers::Asked WordNumbers::Ask(std::string_view word) {
  Asked asked;
  std::uint64_t first = 0,
                second = std::hash<std::string_view>{}(word.size() > kShort ? word : std::string_view());
  if (word.size() <= kShort) {
    if (!word.empty()) std::memcpy(asked.key.bytes, word.data(), word.size());
    asked.key.bytes[kShort] = static_cast<char>(word.size());
    std::memcpy(&first, asked.key.bytes, 8);
    std::memcpy(&second, asked.key.bytes + 8, 8);
  } else {
    asked.key.bytes[kShort] = kIsLong;
  }
  std::uint64_t hash = (first ^ 0x9e3779b97f4a7c15ULL) * 0xff51afd7ed558ccdULL;
  hash = (hash ^ (hash >> 32U) ^ second) * 0xc4ceb9fe1a85ec53ULL;
  asked.hash = (hash ^ (hash >> 29U)) * 0xff51afd7ed558ccdULL;
  return asked;
}

bool WordNumbers::Is(std::uint32_t number, std::string_view word, const Key& key) const {
  if (key.bytes[kShort] != kIsLong) return std::memcmp(keys_[number].bytes, key.bytes, sizeof key.bytes) == 0;
  return keys_[number].bytes[kShort] == kIsLong && Word(number) == word;
}

std::string_view WordNumbers::Word(std::uint32_t number) const {
  const char* bytes = keys_[number].bytes;
  if (bytes[kShort] != kIsLong) return {bytes, static_cast<std::size_t>(bytes[kShort])};
  std::uint32_t place = 0;
  std::memcpy(&place, bytes, sizeof place);
  return long_[place];
}

std::uint32_t WordNumbers::NumberOf(std::string_view word, const Asked& asked) {
  std::size_t at = Slot(asked.hash);
  for (; slots_[at] != kFree; at = (at + 1) & (slots_.size() - 1)) {
    if ((slots_[at] & kUpper) != (asked.hash & kUpper)) continue;
    const auto number = static_cast<std::uint32_t>(slots_[at]);
    if (Is(number, word, asked.key)) return number;
  }
  const auto number = static_cast<std::uint32_t>(keys_.size());
  slots_[at] = (asked.hash & kUpper) | number;
  keys_.push_back(asked.key);
  if (asked.key.bytes[kShort] == kIsLong) {
    const auto place = static_cast<std::uint32_t>(long_.size());
    std::memcpy(keys_.back().bytes, &place, sizeof place);
    long_.emplace_back(word);
  }
  if (2 * keys_.size() > slots_.size()) Grow();
  return number;
}

// First the slots of all are asked for, then the keys that stand there.
void WordNumbers::NumbersOf(std::span<const std::string_view> words, std::vector<std::uint32_t>& numbers) {
  constexpr std::size_t kTogether = 256;
  numbers.assign(words.size(), 0);
  for (std::size_t from = 0; from < words.size(); from += kTogether) {
    const std::size_t to = std::min(words.size(), from + kTogether);
    asked_.clear();
    for (std::size_t at = from; at < to; ++at) {
      asked_.push_back(Ask(words[at]));
      __builtin_prefetch(&slots_[Slot(asked_.back().hash)]);
    }
    for (const Asked& asked : asked_) {
      if (const std::uint64_t slot = slots_[Slot(asked.hash)]; slot != kFree)
        __builtin_prefetch(&keys_[static_cast<std::uint32_t>(slot)]);
    }
    for (std::size_t at = from; at < to; ++at) {
      if (!words[at].empty()) numbers[at] = NumberOf(words[at], asked_[at - from]);
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
  constexpr std::uint32_t kTogether = 256;
  slots_.assign(slots_.size() * 2, kFree);
  std::uint64_t hashes[kTogether];
  for (std::uint32_t from = 0; from < keys_.size(); from += kTogether) {
    const std::uint32_t to = std::min(static_cast<std::uint32_t>(keys_.size()), from + kTogether);
    for (std::uint32_t number = from; number < to; ++number) {
      hashes[number - from] = Ask(Word(number)).hash;
      __builtin_prefetch(&slots_[Slot(hashes[number - from])], 1);
    }
    for (std::uint32_t number = from; number < to; ++number) {
      std::size_t at = Slot(hashes[number - from]);
      while (slots_[at] != kFree) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = (hashes[number - from] & kUpper) | number;
    }
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

void TouchTable::PutInOrder(const std::vector<std::uint32_t>& persons) {
  const std::vector<ChannelCode> codes = channels_.PutInOrder();
  for (std::uint32_t& person : person_) person = persons[person];
  for (Event& event : events_) {
    if (event.channel != kNoChannel) event.channel = codes[event.channel];
  }
  by_name_ = true;
}

// Rows ordered by person, those of one person in file order.
LargeVector<std::uint32_t> TouchTable::Together() const {
  const std::uint32_t last = person_.empty() ? 0 : *std::max_element(person_.begin(), person_.end());
  std::vector<std::uint32_t> from(static_cast<std::size_t>(last) + 2);
  for (const std::uint32_t person : person_) ++from[person + 1];
  std::partial_sum(from.begin(), from.end(), from.begin());
  LargeVector<std::uint32_t> order(person_.size());
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
    const auto earlier = [this](const Event& a, const Event& b) {
      return a.time < b.time || (by_name_ && a.time == b.time && a.channel < b.channel);
    };
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
  const LargeVector<std::uint32_t> order = Together();
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
