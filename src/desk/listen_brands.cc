// SPDX-License-Identifier: Apache-2.0
// Brands and groups: shares, tones, corrections, and whether brands were collected alike.
#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "desk/listen_parts.h"
#include "listening/collection.h"

namespace backcast {
namespace {

std::string Whole(double value) { return FormatNumber(std::round(value), "count", false); }

/// Adds one mention to its group.
void Count(const Listening& listening, std::uint32_t i, HeardGroup& group) {
  const Mentions& all = listening.heard.mentions;
  const bool now = listening.period.Contains(all.DayOf(i)), before = listening.compare.Contains(all.DayOf(i));
  if (now) group.now.Add(all.ToneAt(i));
  if (now && std::isnan(all.told[i])) group.read_now.Add(all.ToneAt(i));
  if (before) group.before.Add(all.ToneAt(i));
  if (std::isnan(all.engagements[i])) return;
  group.engagements_told = group.engagements_told || now;
  if (now) group.engagements_now += all.engagements[i];
  if (before) group.engagements_before += all.engagements[i];
}

ToneCounts Minus(const ToneCounts& whole, const ToneCounts& part) {
  ToneCounts rest;
  for (std::size_t tone = 0; tone < kTones; ++tone) rest.tones[tone] = whole.tones[tone] - part.tones[tone];
  return rest;
}

void Correct(const ListenSettings& settings, Listening& listening, std::vector<HeardGroup>& groups) {
  if (settings.labels.empty()) return;
  const Confusion labels = LabelsAgainstReading(settings, listening.heard.mentions);
  for (HeardGroup& group : groups) {
    if (group.read_now.classified() == 0) continue;
    auto corrected = CorrectTones(group.read_now, Minus(group.now, group.read_now), labels,
                                  "listen|" + listening.by + "|" + group.name + "|" +
                                      ToIso(listening.period.from) + "|" + ToIso(listening.period.to));
    if (corrected.ok()) {
      group.corrected = corrected.value();
    } else if (listening.reading.not_corrected.empty()) {
      listening.reading.not_corrected =
          corrected.error().what + (corrected.error().hint.empty() ? "" : ": " + corrected.error().hint);
    }
  }
}

void Judge(std::vector<HeardGroup>& groups) {
  std::vector<TonePair> pairs;
  for (const HeardGroup& group : groups) pairs.push_back({group.now, group.before});
  const std::vector<ToneChange> changes = CompareTones(pairs);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    groups[i].change = changes[i];
    if (groups[i].collection.empty()) continue;
    groups[i].change.verdict = ToneVerdict::kTooLittle;
    groups[i].change.needs = "the two periods were not collected alike";
  }
}

/// Groups of which somebody spoke in either period, most mentions first.
void Order(std::vector<HeardGroup>& groups) {
  std::erase_if(groups, [](const HeardGroup& group) { return group.now.all() + group.before.all() == 0; });
  std::stable_sort(groups.begin(), groups.end(), [](const HeardGroup& left, const HeardGroup& right) {
    return left.now.all() != right.now.all() ? left.now.all() > right.now.all() : left.name < right.name;
  });
}

/// The days from the first mention to the end of the period.
Window Looked(const Listening& listening) {
  const Mentions& all = listening.heard.mentions;
  if (all.day.empty()) return {listening.period.to, listening.period.to};
  const Day first{std::chrono::days{*std::min_element(all.day.begin(), all.day.end())}};
  return {std::min(first, listening.period.to), listening.period.to};
}

std::string DayList(const std::vector<std::size_t>& days, Day first) {
  std::string list;
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (i == 5) return list + " and " + std::to_string(days.size() - i) + " more";
    list += (i == 0 ? "" : ", ") + ToIso(first + std::chrono::days{static_cast<int>(days[i])});
  }
  return list;
}

/// Says of every brand whether its days are like the others'.
void CheckBrands(Listening& listening, std::vector<HeardGroup>& brands) {
  const Mentions& all = listening.heard.mentions;
  const Window looked = Looked(listening);
  std::vector<DailyMentions> daily(brands.size(), DailyMentions(static_cast<std::size_t>(looked.days()), 0));
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    const std::size_t brand = all.brand[i] == kNoName ? brands.size() - 1 : all.brand[i];
    if (looked.Contains(all.DayOf(i)))
      ++daily[brand][static_cast<std::size_t>((all.DayOf(i) - looked.from).count())];
  }
  const Day asked = listening.compare.days() > 0 ? std::min(listening.compare.from, listening.period.from)
                                                 : listening.period.from;
  const std::vector<BrandCollection> checks = CheckCollection(daily);
  for (std::size_t brand = 0; brand < brands.size(); ++brand) {
    const BrandCollection& check = checks[brand];
    std::vector<std::size_t> holes;
    for (const std::size_t day : check.thin) {
      if (day >= check.sound_from && looked.from + std::chrono::days{static_cast<int>(day)} >= asked)
        holes.push_back(day);
    }
    const Day sound = looked.from + std::chrono::days{static_cast<int>(check.sound_from)};
    brands[brand].sound_from = sound;
    const std::string name = brands[brand].name.empty() ? "mentions of no brand" : brands[brand].name;
    if (check.late() && sound > asked) {
      brands[brand].collection =
          "practically no mentions before " + ToIso(sound) + " (" + Whole(check.found) + ", where about " +
          Whole(check.expected) +
          " were to be expected): collected later than the others, or with another query";
    }
    if (!holes.empty()) {
      brands[brand].collection += (brands[brand].collection.empty() ? "" : "; ") +
                                  std::string("practically no mentions on ") + DayList(holes, looked.from);
    }
    if (!brands[brand].collection.empty())
      listening.warnings.push_back(
          name + ": " + brands[brand].collection +
          ". Its share is too low for it and those of the others too high; its changes are not "
          "told.");
  }
  const std::vector<std::size_t> empty = EmptyDays(daily);
  if (!empty.empty())
    listening.warnings.push_back("No mention of anybody on " + DayList(empty, looked.from) +
                                 ": the collection has a hole.");
}

}  // namespace

void HearBrands(const ListenSettings& settings, Listening& listening) {
  const Mentions& all = listening.heard.mentions;
  std::vector<HeardGroup> brands(all.brands.size() + 1);  // the last: the export names none
  for (std::uint32_t i = 0; i < all.brands.size(); ++i) {
    brands[i].name = all.brands[i];
    const auto query = settings.queries.find(brands[i].name);
    if (query != settings.queries.end()) brands[i].query = query->second;
  }
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    HeardGroup& brand = brands[std::min<std::size_t>(all.brand[i], brands.size() - 1)];
    brand.own = brand.own || all.own[i] == 1;
    Count(listening, i, brand);
  }
  CheckBrands(listening, brands);
  Judge(brands);
  Correct(settings, listening, brands);
  Order(brands);
  for (const HeardGroup& brand : brands) listening.engagements_now += brand.engagements_now;
  listening.brands = std::move(brands);
}

void LeaveOut(Listening& listening) {
  const Mentions& all = listening.heard.mentions;
  std::vector<bool> alike(all.brands.size() + 1, true);  // the last: of no brand
  if (listening.scope_is_all) {
    for (const HeardGroup& brand : listening.brands) {
      if (brand.collection.empty()) continue;
      listening.left_out.push_back(brand.name);
      alike[brand.name.empty() ? alike.size() - 1 : all.brands.Find(brand.name)] = false;
    }
  }
  for (const std::uint32_t i : listening.in_scope)
    listening.compared.push_back(alike[std::min<std::size_t>(all.brand[i], alike.size() - 1)]);
}

std::string NotAlike(const Listening& listening) {
  if (listening.scope_is_all) {
    const bool none =
        std::find(listening.compared.begin(), listening.compared.end(), true) == listening.compared.end();
    return none && !listening.left_out.empty() ? "no brand was collected alike in both periods" : "";
  }
  for (const HeardGroup& brand : listening.brands) {
    const bool meant = brand.name == listening.scope || (listening.scope_is_own && brand.own);
    if (meant && !brand.collection.empty()) return brand.name + ": " + brand.collection;
  }
  return "";
}

Grouped GroupBy(const std::string& by, const Listening& listening) {
  const Mentions& all = listening.heard.mentions;
  Grouped grouped;
  const auto take = [&](const std::vector<std::uint32_t>& column, const WordTable& names) {
    for (const std::uint32_t i : listening.in_scope) grouped.of.push_back(column[i]);
    for (std::uint32_t i = 0; i < names.size(); ++i) grouped.names.emplace_back(names[i]);
  };
  if (by == "platform") take(all.platform, all.platforms);
  if (by == "language") take(all.language, all.languages);
  if (by == "issue") take(all.issue, all.issues);
  if (by == "topic") {
    for (const std::int32_t topic : listening.topic_of)
      grouped.of.push_back(topic < 0 ? kNoName : static_cast<std::uint32_t>(topic));
    for (const HeardTopic& topic : listening.topics.topics) grouped.names.push_back(topic.name);
  }
  return grouped;
}

void HearGroups(const ListenSettings& settings, const std::string& by, Listening& listening) {
  const Grouped grouped = GroupBy(by, listening);
  std::vector<HeardGroup> groups(grouped.names.size() + 1);
  for (std::size_t i = 0; i < grouped.names.size(); ++i) groups[i].name = grouped.names[i];
  const std::string not_alike = NotAlike(listening);
  for (std::size_t at = 0; at < grouped.of.size(); ++at) {
    HeardGroup& group = groups[std::min<std::size_t>(grouped.of[at], groups.size() - 1)];
    Count(listening, listening.in_scope[at], group);
    if (!listening.compared[at])
      group.collection = "it holds mentions of a brand that was not collected alike";
  }
  for (HeardGroup& group : groups) {
    if (!not_alike.empty()) group.collection = not_alike;
  }
  Judge(groups);
  Correct(settings, listening, groups);
  Order(groups);
  listening.groups = std::move(groups);
}

}  // namespace backcast
