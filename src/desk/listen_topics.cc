// SPDX-License-Identifier: Apache-2.0
// Topics, what is said more than before, and what moved net sentiment.
#include <algorithm>
#include <cmath>

#include "desk/listen_parts.h"
#include "text/terms.h"
#include "text/topics.h"

namespace backcast {
namespace {

constexpr std::size_t kMostTerms = 15, kTermsInName = 3;

/// A brand's name is said in every mention of it and tells nothing.
void AddNames(const WordTable& brands, StopWords& stop_words) {
  for (std::uint32_t i = 0; i < brands.size(); ++i) {
    std::string word, whole;
    for (const char c : std::string(brands[i]) + " ") {
      const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      if (lower != ' ') {
        word += lower;
        whole += lower;
        continue;
      }
      if (word.size() > 2) stop_words.Add(word);
      word.clear();
    }
    stop_words.Add(whole);
  }
}

bool SaysIn(const std::string& term, const std::string& longer) {
  return (" " + longer + " ").find(" " + term + " ") != std::string::npos;
}

/// The first terms; "flight attendant" in place of "flight" and "attendant".
std::string NameOf(const std::vector<std::string>& terms) {
  std::vector<std::string> chosen;
  for (const std::string& term : terms) {
    const auto part =
        std::find_if(chosen.begin(), chosen.end(), [&](const std::string& one) { return SaysIn(one, term); });
    const bool said =
        std::any_of(chosen.begin(), chosen.end(), [&](const std::string& one) { return SaysIn(term, one); });
    if (part != chosen.end()) {
      *part = term;
    } else if (!said && chosen.size() < kTermsInName) {
      chosen.push_back(term);
    }
  }
  std::string name;
  for (const std::string& term : chosen) name += (name.empty() ? "" : ", ") + term;
  return name;
}

void TakeTopics(const TermMatrix& matrix, const TextTopics& found, const std::vector<std::size_t>& places,
                Listening& listening) {
  listening.topics.coverage = found.coverage;
  for (const TextTopic& topic : found.topics) {
    HeardTopic heard;
    for (const std::uint32_t term : topic.key_terms) heard.terms.push_back(matrix.terms[term]);
    heard.name = NameOf(heard.terms);
    listening.topics.topics.push_back(std::move(heard));
  }
  std::vector<std::vector<std::uint32_t>> members(found.topics.size());
  for (std::size_t text = 0; text < places.size(); ++text) {
    const std::int32_t topic = found.topic_of[text];
    listening.topic_of[places[text]] = topic;
    if (topic >= 0) members[static_cast<std::size_t>(topic)].push_back(listening.in_scope[places[text]]);
  }
  for (std::size_t topic = 0; topic < members.size(); ++topic)
    listening.topics.topics[topic].tones = TonesOf(listening, members[topic]);
}

/// Why the two periods cannot be compared: the scope was not collected alike.
std::string NotAlike(const Listening& listening) {
  for (const HeardGroup& brand : listening.brands) {
    const bool meant = brand.name == listening.scope || (listening.scope_is_own && brand.own);
    if (meant && !brand.collection.empty()) return brand.name + ": " + brand.collection;
  }
  return "";
}

void CompareSaid(const TermMatrix& matrix, const std::vector<bool>& now, Listening& listening) {
  HeardTerms& terms = listening.terms;
  terms.looked_at = matrix.terms.size();
  terms.because = NotAlike(listening);
  if (!terms.because.empty()) return;
  std::vector<bool> before = now;
  before.flip();
  const std::vector<double> said_now = TextsWith(matrix, now), said_before = TextsWith(matrix, before);
  const auto compared = CompareTerms(said_now, said_before);
  if (!compared.ok()) {
    terms.because = compared.error().what;
    return;
  }
  for (std::size_t i = 0; i < matrix.terms.size(); ++i) {
    const SaidMore& said = compared.value()[i];
    if (!said.sure) continue;
    (said.z > 0 ? terms.more : terms.less).push_back({matrix.terms[i], said_now[i], said_before[i], said});
  }
  for (auto* list : {&terms.more, &terms.less}) {
    std::stable_sort(list->begin(), list->end(), [](const HeardTerm& left, const HeardTerm& right) {
      return std::abs(left.said.z) > std::abs(right.said.z);
    });
    if (list->size() > kMostTerms) list->resize(kMostTerms);
  }
}

}  // namespace

Result<Done> HearTopics(const ListenSettings&, const ListenQuestion& question, Listening& listening) {
  const Mentions& all = listening.heard.mentions;
  const Texts texts = listening.heard.texts.view();
  listening.topic_of.assign(listening.in_scope.size(), TextTopics::kNone);
  TextColumn chosen;
  std::vector<std::size_t> places;
  std::vector<bool> now;
  for (std::size_t at = 0; at < listening.in_scope.size(); ++at) {
    const std::uint32_t i = listening.in_scope[at];
    const bool in_now = listening.period.Contains(all.DayOf(i));
    if ((!in_now && !listening.compare.Contains(all.DayOf(i))) || texts[i].empty()) continue;
    chosen.Add(texts[i]);
    places.push_back(at);
    now.push_back(in_now);
    (in_now ? listening.terms.now : listening.terms.before) += 1;
  }
  listening.topics.texts = static_cast<double>(places.size());
  BACKCAST_TRY(StopWords stop_words, StopWords::Shipped());
  AddNames(all.brands, stop_words);
  const TermMatrix matrix = CountTerms(chosen.view(), stop_words, {}, question.threads);
  TopicRules rules;
  rules.topics = question.topics;
  const auto found = FindTopics(matrix, rules, question.threads);
  if (found.ok()) {
    TakeTopics(matrix, found.value(), places, listening);
  } else if (found.error().code == Code::kTooLittle) {
    listening.topics.because = found.error().what;
  } else {
    return found.error();
  }
  CompareSaid(matrix, now, listening);
  return Done{};
}

void HearDrivers(const std::string& by, Listening& listening) {
  const Mentions& all = listening.heard.mentions;
  HeardDrivers& heard = listening.drivers;
  heard.by = by;
  if (by == "brand") {
    const bool issues = std::any_of(listening.in_scope.begin(), listening.in_scope.end(),
                                    [&](std::uint32_t i) { return all.issue[i] != kNoName; });
    heard.by = issues ? "issue" : "topic";
  }
  heard.because = NotAlike(listening);
  if (!heard.because.empty()) return;
  if (listening.compare.days() <= 0) {
    heard.because = "no period to compare with";
    return;
  }
  const Grouped grouped = GroupBy(heard.by, listening);
  std::vector<std::vector<std::uint32_t>> members(grouped.names.size() + 1);
  for (std::size_t at = 0; at < grouped.of.size(); ++at)
    members[std::min<std::size_t>(grouped.of[at], members.size() - 1)].push_back(listening.in_scope[at]);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const TonePair tones = TonesOf(listening, members[i]);
    if (tones.now.classified() + tones.before.classified() == 0) continue;
    heard.groups.push_back(i < grouped.names.size() ? grouped.names[i] : "");
    heard.tones.push_back(tones);
  }
  const auto drivers = DriversOf(heard.tones);
  if (drivers.ok()) {
    heard.drivers = drivers.value();
  } else {
    heard.because = drivers.error().what + ": " + drivers.error().hint;
  }
}

}  // namespace backcast
