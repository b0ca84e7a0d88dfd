// SPDX-License-Identifier: Apache-2.0
// Groups of texts that speak of the same thing, the same on every run. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "text/terms.h"

namespace backcast {

struct TopicRules {
  std::size_t topics = 0;        ///< 0: the square root of half the texts, from 5 to 60
  double least_likeness = 0.15;  ///< cosine below which a text belongs to none
  std::size_t key_terms = 6;
};

struct TextTopic {
  std::vector<std::uint32_t> key_terms;  ///< said more in it than elsewhere, by falling z; the first names it
  std::size_t texts = 0;
};

struct TextTopics {
  static constexpr std::int32_t kNone = -1;
  std::vector<TextTopic> topics;       ///< by falling number of texts
  std::vector<std::int32_t> topic_of;  ///< by text; kNone when it is like no topic
  std::vector<float> likeness;         ///< by text, cosine to the middle of its topic, 0 for kNone
  double coverage = 0;                 ///< share of texts that have a topic
  int rounds = 0;
};

/// Spherical k-means over terms weighed by their rarity (I. Dhillon, D. Modha, Machine Learning 42, 2001).
/// Nothing is drawn by lot: the first topic begins with the term that carries most, each next one with the
/// term that carries most of what no topic is like yet; ties go to the more frequent term. The same for any
/// number of threads. Error: kTooLittle for fewer than 10 texts with terms.
Result<TextTopics> FindTopics(const TermMatrix& matrix, const TopicRules& rules, int threads);

}  // namespace backcast
