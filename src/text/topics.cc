// SPDX-License-Identifier: Apache-2.0
#include "text/topics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "text/chunks.h"
#include "text/log_odds.h"

namespace backcast {
namespace {

constexpr std::size_t kFewestTexts = 10;
constexpr int kMostRounds = 40;

/// Texts as unit vectors, aligned with the matrix's ids.
std::vector<float> Weigh(const TermMatrix& matrix) {
  std::vector<double> rarity(matrix.terms.size());
  for (std::size_t i = 0; i < rarity.size(); ++i)
    rarity[i] = std::log(1.0 + static_cast<double>(matrix.texts()) / matrix.texts_with[i]);
  std::vector<float> weights(matrix.ids.size());
  for (std::size_t text = 0; text < matrix.texts(); ++text) {
    double square = 0;
    for (const std::uint32_t id : matrix.Of(text)) square += rarity[id] * rarity[id];
    for (std::size_t i = matrix.begins[text]; i < matrix.begins[text + 1]; ++i)
      weights[i] = static_cast<float>(rarity[matrix.ids[i]] / std::sqrt(square));
  }
  return weights;
}

class Grouping {
 public:
  Grouping(const TermMatrix& matrix, std::size_t topics, int threads)
      : matrix_(matrix), weights_(Weigh(matrix)), count_(topics), threads_(threads) {
    topic_of_.assign(matrix.texts(), TextTopics::kNone);
    likeness_.assign(matrix.texts(), 0);
    middles_.assign(matrix.terms.size() * count_, 0);
  }

  void Seed() {
    std::vector<float> likest(matrix_.texts(), 0);
    std::vector<bool> taken(matrix_.terms.size(), false);
    for (std::size_t topic = 0; topic < count_; ++topic) {
      const std::uint32_t seed = NextSeed(likest, taken);
      taken[seed] = true;
      std::vector<std::uint32_t> members;
      for (std::size_t text = 0; text < matrix_.texts(); ++text) {
        const auto ids = matrix_.Of(text);
        if (std::binary_search(ids.begin(), ids.end(), seed))
          members.push_back(static_cast<std::uint32_t>(text));
      }
      const std::vector<float> middle = MiddleOf(members, likest);
      for (std::size_t term = 0; term < middle.size(); ++term) middles_[term * count_ + topic] = middle[term];
      for (std::size_t text = 0; text < matrix_.texts(); ++text)
        likest[text] = std::max(likest[text], Likeness(text, middle));
    }
  }

  int Settle() {
    for (int round = 1; round <= kMostRounds; ++round) {
      if (!Assign()) return round;
      Recentre();
    }
    return kMostRounds;
  }

  TextTopics Result(const TopicRules& rules) &&;

 private:
  float Likeness(std::size_t text, const std::vector<float>& middle) const {
    float sum = 0;
    for (std::size_t i = matrix_.begins[text]; i < matrix_.begins[text + 1]; ++i)
      sum += weights_[i] * middle[matrix_.ids[i]];
    return sum;
  }

  /// The term that carries most weight in texts that are like no topic yet.
  std::uint32_t NextSeed(const std::vector<float>& likest, const std::vector<bool>& taken) const {
    std::vector<double> carried(matrix_.terms.size(), 0);
    for (std::size_t text = 0; text < matrix_.texts(); ++text) {
      const double left = 1 - static_cast<double>(likest[text]);
      for (std::size_t i = matrix_.begins[text]; i < matrix_.begins[text + 1]; ++i)
        carried[matrix_.ids[i]] += left * left * static_cast<double>(weights_[i]);
    }
    std::uint32_t best = 0;
    for (std::uint32_t id = 0; id < carried.size(); ++id) {
      if (!taken[id] && (taken[best] || carried[id] > carried[best])) best = id;
    }
    return best;
  }

  /// The direction in which the members point together; those that have a topic already count less.
  std::vector<float> MiddleOf(std::span<const std::uint32_t> members,
                              const std::vector<float>& likest) const {
    std::vector<double> sum(matrix_.terms.size(), 0);
    for (const std::uint32_t text : members) {
      const double part = likest.empty() ? 1 : 1 - static_cast<double>(likest[text]);
      for (std::size_t i = matrix_.begins[text]; i < matrix_.begins[text + 1]; ++i)
        sum[matrix_.ids[i]] += part * static_cast<double>(weights_[i]);
    }
    double square = 0;
    for (const double part : sum) square += part * part;
    std::vector<float> middle(sum.size(), 0);
    for (std::size_t i = 0; square > 0 && i < sum.size(); ++i)
      middle[i] = static_cast<float>(sum[i] / std::sqrt(square));
    return middle;
  }

  /// Each text to the middle it is likest to; true when one moved.
  bool Assign() {
    std::vector<std::uint8_t> moved(ChunkCount(matrix_.texts()), 0);
    ForChunks(matrix_.texts(), threads_, [&] {
      return [&, sums = std::vector<float>(count_)](std::size_t chunk, std::size_t from,
                                                    std::size_t to) mutable {
        for (std::size_t text = from; text < to; ++text) {
          std::fill(sums.begin(), sums.end(), 0.0F);
          for (std::size_t i = matrix_.begins[text]; i < matrix_.begins[text + 1]; ++i) {
            const float* middle = &middles_[matrix_.ids[i] * count_];
            for (std::size_t topic = 0; topic < count_; ++topic) sums[topic] += weights_[i] * middle[topic];
          }
          const auto best = std::max_element(sums.begin(), sums.end());
          const auto topic = *best > 0 ? static_cast<std::int32_t>(best - sums.begin()) : TextTopics::kNone;
          if (topic_of_[text] != topic) moved[chunk] = 1;
          topic_of_[text] = topic;
          likeness_[text] = *best;
        }
      };
    });
    return std::any_of(moved.begin(), moved.end(), [](std::uint8_t chunk) { return chunk != 0; });
  }

  void Recentre() {
    const auto members = Members();
    for (std::size_t topic = 0; topic < count_; ++topic) {
      if (members[topic].empty()) continue;  // its seed stays and may win texts later
      const std::vector<float> middle = MiddleOf(members[topic], {});
      for (std::size_t term = 0; term < middle.size(); ++term) middles_[term * count_ + topic] = middle[term];
    }
  }

  std::vector<std::vector<std::uint32_t>> Members() const {
    std::vector<std::vector<std::uint32_t>> members(count_);
    for (std::size_t text = 0; text < topic_of_.size(); ++text) {
      if (topic_of_[text] >= 0)
        members[static_cast<std::size_t>(topic_of_[text])].push_back(static_cast<std::uint32_t>(text));
    }
    return members;
  }

  const TermMatrix& matrix_;
  std::vector<float> weights_;
  std::size_t count_;
  int threads_;
  std::vector<float> middles_;  ///< by term, then topic
  std::vector<std::int32_t> topic_of_;
  std::vector<float> likeness_;
};

/// The terms of these texts that are said least elsewhere.
std::vector<std::uint32_t> KeyTerms(const TermMatrix& matrix, std::span<const double> inside,
                                    std::size_t most) {
  std::vector<double> outside(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) outside[i] = matrix.texts_with[i] - inside[i];
  const auto compared = CompareTerms(inside, outside);
  std::vector<std::uint32_t> terms;
  for (std::uint32_t i = 0; i < inside.size(); ++i) {
    if (inside[i] > 0) terms.push_back(i);
  }
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    const double left = compared.ok() ? compared.value()[a].z : inside[a];
    const double right = compared.ok() ? compared.value()[b].z : inside[b];
    return left != right ? left > right : a < b;
  };
  const std::size_t kept = std::min(most, terms.size());
  std::partial_sort(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(kept), terms.end(), before);
  terms.resize(kept);
  return terms;
}

TextTopics Grouping::Result(const TopicRules& rules) && {
  for (std::size_t text = 0; text < topic_of_.size(); ++text) {
    if (topic_of_[text] >= 0 && static_cast<double>(likeness_[text]) >= rules.least_likeness) continue;
    topic_of_[text] = TextTopics::kNone;
    likeness_[text] = 0;
  }
  const auto members = Members();
  std::vector<std::size_t> order(count_);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return members[a].size() > members[b].size(); });
  TextTopics found;
  std::vector<std::int32_t> number(count_, TextTopics::kNone);
  std::size_t covered = 0;
  for (const std::size_t old : order) {
    if (members[old].empty()) break;
    number[old] = static_cast<std::int32_t>(found.topics.size());
    std::vector<double> inside(matrix_.terms.size(), 0);
    for (const std::uint32_t text : members[old]) {
      for (const std::uint32_t id : matrix_.Of(text)) ++inside[id];
    }
    found.topics.push_back({KeyTerms(matrix_, inside, rules.key_terms), members[old].size()});
    covered += members[old].size();
  }
  for (std::int32_t& topic : topic_of_) {
    if (topic >= 0) topic = number[static_cast<std::size_t>(topic)];
  }
  found.topic_of = std::move(topic_of_);
  found.likeness = std::move(likeness_);
  found.coverage = static_cast<double>(covered) / static_cast<double>(matrix_.texts());
  return found;
}

}  // namespace

Result<TextTopics> FindTopics(const TermMatrix& matrix, const TopicRules& rules, int threads) {
  std::size_t with_terms = 0;
  for (std::size_t text = 0; text < matrix.texts(); ++text) with_terms += matrix.Of(text).empty() ? 0 : 1;
  if (with_terms < kFewestTexts)
    return Error{Code::kTooLittle, "", "fewer than 10 texts have terms in common with others",
                 "take a longer period"};
  const auto root = static_cast<std::size_t>(std::sqrt(static_cast<double>(matrix.texts()) / 2));
  std::size_t topics = rules.topics > 0 ? rules.topics : std::clamp<std::size_t>(root, 5, 60);
  topics = std::min({topics, with_terms, matrix.terms.size()});
  Grouping grouping(matrix, topics, threads);
  grouping.Seed();
  const int rounds = grouping.Settle();
  TextTopics found = std::move(grouping).Result(rules);
  found.rounds = rounds;
  return found;
}

}  // namespace backcast
