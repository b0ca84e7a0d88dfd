// SPDX-License-Identifier: Apache-2.0
// Topics, what is said more than before, and what moved net sentiment.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/ascii.h"
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
      const char lower = LowerAscii(c);
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

/// Topics that Backcast found in texts, whose places in scope are `places`.
void TakeFound(const TermMatrix& matrix, const TextTopics& found, const std::vector<std::size_t>& places,
               Listening& listening) {
  HeardTopics& heard = listening.topics;
  const auto first = static_cast<std::int32_t>(heard.topics.size());
  for (const TextTopic& topic : found.topics) {
    HeardTopic one;
    for (const std::uint32_t term : topic.key_terms) one.terms.push_back(matrix.terms[term]);
    one.name = NameOf(one.terms);
    heard.topics.push_back(std::move(one));
  }
  for (std::size_t text = 0; text < places.size(); ++text) {
    if (found.topic_of[text] >= 0) listening.topic_of[places[text]] = first + found.topic_of[text];
  }
}

/// Topics that the export says of mentions in scope, in the order of its words.
void TakeTold(const std::vector<std::size_t>& places, Listening& listening) {
  const Mentions& all = listening.heard.mentions;
  std::vector<std::int32_t> number(all.topics.size(), TextTopics::kNone);
  for (const std::size_t place : places) {
    const std::uint32_t topic = all.topic[listening.in_scope[place]];
    if (number[topic] < 0) {
      number[topic] = static_cast<std::int32_t>(listening.topics.topics.size());
      listening.topics.topics.push_back({std::string(all.topics[topic]), {}, true, {}});
    }
    listening.topic_of[place] = number[topic];
  }
  listening.topics.told = static_cast<double>(places.size());
}

/// Counts the tones of each topic; where the export says some, most mentions first.
void CountTopics(Listening& listening) {
  std::vector<HeardTopic>& topics = listening.topics.topics;
  std::vector<std::vector<std::uint32_t>> members(topics.size());
  for (std::size_t at = 0; at < listening.topic_of.size(); ++at) {
    const std::int32_t topic = listening.topic_of[at];
    if (topic >= 0) members[static_cast<std::size_t>(topic)].push_back(listening.in_scope[at]);
  }
  for (std::size_t topic = 0; topic < topics.size(); ++topic)
    topics[topic].tones = TonesOf(listening, members[topic]);
  if (listening.topics.told == 0) return;
  std::vector<std::size_t> order(topics.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    const std::size_t most = members[left].size(), other = members[right].size();
    return most != other ? most > other : topics[left].name < topics[right].name;
  });
  std::vector<HeardTopic> sorted;
  std::vector<std::int32_t> place(topics.size());
  for (const std::size_t topic : order) {
    place[topic] = static_cast<std::int32_t>(sorted.size());
    sorted.push_back(std::move(topics[topic]));
  }
  topics = std::move(sorted);
  for (std::int32_t& topic : listening.topic_of) {
    if (topic >= 0) topic = place[static_cast<std::size_t>(topic)];
  }
}

void CompareSaid(const TermMatrix& matrix, const std::vector<bool>& now, const std::vector<bool>& before,
                 Listening& listening) {
  HeardTerms& terms = listening.terms;
  terms.looked_at = matrix.terms.size();
  terms.because = NotAlike(listening);
  if (!terms.because.empty()) return;
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
  HeardTopics& heard = listening.topics;
  listening.topic_of.assign(listening.in_scope.size(), TextTopics::kNone);
  TextColumn chosen, open;                // all texts; those whose topic the export does not say
  std::vector<std::size_t> told, untold;  // places in scope
  std::vector<bool> now, before;
  for (std::size_t at = 0; at < listening.in_scope.size(); ++at) {
    const std::uint32_t i = listening.in_scope[at];
    const bool in_now = listening.period.Contains(all.DayOf(i));
    if (!in_now && !listening.compare.Contains(all.DayOf(i))) continue;
    if (all.topic[i] != kNoName) told.push_back(at);
    if (texts[i].empty()) continue;
    chosen.Add(texts[i]);
    now.push_back(in_now && listening.compared[at]);
    before.push_back(!in_now && listening.compared[at]);
    listening.terms.now += now.back() ? 1 : 0;
    listening.terms.before += before.back() ? 1 : 0;
    if (all.topic[i] != kNoName) continue;
    open.Add(texts[i]);
    untold.push_back(at);
  }
  heard.texts = static_cast<double>(told.size() + untold.size());
  BACKCAST_TRY(StopWords stop_words, StopWords::Shipped());
  AddNames(all.brands, stop_words);
  TakeTold(told, listening);
  const TermMatrix matrix = CountTerms(chosen.view(), stop_words, {}, question.threads);
  CompareSaid(matrix, now, before, listening);
  if (!told.empty() && untold.empty()) {
    heard.coverage = 1;
    CountTopics(listening);
    return Done{};
  }
  const TermMatrix own =
      told.empty() ? TermMatrix() : CountTerms(open.view(), stop_words, {}, question.threads);
  const TermMatrix& counted = told.empty() ? matrix : own;
  TopicRules rules;
  rules.topics = question.topics;
  const auto found = FindTopics(counted, rules, question.threads);
  if (!found.ok() && found.error().code != Code::kTooLittle) return found.error();
  if (found.ok()) {
    TakeFound(counted, found.value(), untold, listening);
  } else {
    heard.because = found.error().what;
  }
  const double with_topic =
      heard.told + (found.ok() ? found.value().coverage : 0) * static_cast<double>(untold.size());
  heard.coverage = heard.texts > 0 ? with_topic / heard.texts : 0;
  CountTopics(listening);
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
  for (std::size_t at = 0; at < grouped.of.size(); ++at) {
    if (!listening.compared[at]) continue;
    members[std::min<std::size_t>(grouped.of[at], members.size() - 1)].push_back(listening.in_scope[at]);
  }
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
