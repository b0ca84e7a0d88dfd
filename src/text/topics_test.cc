// SPDX-License-Identifier: Apache-2.0
#include "text/topics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "text/shared_texts_test.h"

namespace backcast {
namespace {

const StopWords& Shipped() {
  static const StopWords words = StopWords::Shipped().value();
  return words;
}

TextColumn TwoSubjects() {
  TextColumn texts;
  for (int i = 0; i < 20; ++i) {
    texts.Add("the parcel is late, delivery driver number " + std::to_string(i % 3));
    if (i < 12) texts.Add("app crashes after update on my phone");
  }
  texts.Add("zebra");
  return texts;
}

TEST(Topics, FindsWhatTextsSpeakOf) {
  const TextColumn texts = TwoSubjects();
  const TermMatrix terms = CountTerms(texts.view(), Shipped(), {.greatest_share = 1}, 1);
  const auto found = FindTopics(terms, {.topics = 2}, 1);
  ASSERT_TRUE(found.ok()) << ToSentence(found.error());
  ASSERT_EQ(found.value().topics.size(), 2U);
  EXPECT_EQ(found.value().topics[0].texts, 20U);
  EXPECT_EQ(found.value().topics[1].texts, 12U);
  const auto& key = found.value().topics[1].key_terms;
  EXPECT_TRUE(std::any_of(key.begin(), key.end(), [&](auto id) { return terms.terms[id] == "app"; }));
  EXPECT_EQ(found.value().topic_of.back(), TextTopics::kNone) << "a text without terms has no topic";
  EXPECT_NEAR(found.value().coverage, 32.0 / 33, 1e-12);
  EXPECT_EQ(found.value().topic_of.size(), texts.size());
}

TEST(Topics, ATextMustBeLikeItsTopic) {
  const TextColumn texts = TwoSubjects();
  const TermMatrix terms = CountTerms(texts.view(), Shipped(), {.greatest_share = 1}, 1);
  const auto strict = FindTopics(terms, {.topics = 2, .least_likeness = 1.1}, 1);
  ASSERT_TRUE(strict.ok());
  EXPECT_EQ(strict.value().coverage, 0);
  EXPECT_TRUE(strict.value().topics.empty());
}

TEST(Topics, NeedTexts) {
  TextColumn texts;
  for (int i = 0; i < 9; ++i) texts.Add("lost card");
  const TermMatrix terms = CountTerms(texts.view(), Shipped(), {.greatest_share = 1}, 1);
  EXPECT_EQ(FindTopics(terms, {}, 1).error().code, Code::kTooLittle);
  EXPECT_EQ(FindTopics({}, {}, 1).error().code, Code::kTooLittle);
  texts.Add("card lost");
  const auto same = FindTopics(CountTerms(texts.view(), Shipped(), {.greatest_share = 1}, 1), {}, 1);
  ASSERT_TRUE(same.ok()) << "all of one kind: " << ToSentence(same.error());
  EXPECT_EQ(same.value().coverage, 1);
}

struct Agreement {
  double nmi = 0, purity = 0;
};

/// Normalised mutual information (by the arithmetic mean) and purity of groups against labels.
Agreement Against(const std::vector<std::int32_t>& groups, const std::vector<std::string>& labels) {
  std::map<std::int32_t, std::map<std::string, double>> both;
  std::map<std::string, double> by_label;
  for (std::size_t i = 0; i < groups.size(); ++i) ++both[groups[i]][labels[i]], ++by_label[labels[i]];
  const auto n = static_cast<double>(groups.size());
  double shared = 0, of_groups = 0, of_labels = 0, pure = 0;
  for (const auto& [group, counts] : both) {
    double size = 0, most = 0;
    for (const auto& [label, count] : counts) size += count, most = std::max(most, count);
    for (const auto& [label, count] : counts)
      shared += count / n * std::log(count * n / size / by_label[label]);
    of_groups -= size / n * std::log(size / n);
    pure += most;
  }
  for (const auto& [label, count] : by_label) of_labels -= count / n * std::log(count / n);
  return {2 * shared / (of_groups + of_labels), pure / n};
}

// 3,080 questions to a bank under 77 labels. k-means on the same kind of weights with a random start: NMI
// 0.57 to 0.58 for 77 groups.
TEST(Topics, AgreeWithTheLabelsOfABank) {
  const auto file = SharedTexts("banking77-intents/test.csv");
  if (!file) GTEST_SKIP() << "the labelled questions are not beside the repository";
  TextColumn texts;
  std::vector<std::string> labels;
  for (const auto& row : CsvRows(*file)) texts.Add(row[0]), labels.push_back(row[1]);
  ASSERT_EQ(texts.size(), 3080U);
  const TermMatrix terms = CountTerms(texts.view(), Shipped(), {}, 2);
  const auto many = FindTopics(terms, {.topics = 77}, 2), usual = FindTopics(terms, {}, 2);
  ASSERT_TRUE(many.ok() && usual.ok());
  const Agreement fine = Against(many.value().topic_of, labels),
                  coarse = Against(usual.value().topic_of, labels);
  EXPECT_NEAR(fine.nmi, 0.624, 0.015);
  EXPECT_NEAR(fine.purity, 0.41, 0.02);
  EXPECT_NEAR(many.value().coverage, 0.99, 0.01);
  EXPECT_EQ(usual.value().topics.size(), 39U);
  EXPECT_NEAR(coarse.nmi, 0.587, 0.015);
  EXPECT_NEAR(usual.value().coverage, 0.97, 0.01);
  EXPECT_LT(usual.value().topics[0].texts, 3080U / 10) << "no topic swallows the rest";
}

TEST(Topics, AreTheSameForAnyNumberOfThreads) {
  TextColumn texts;
  for (unsigned i = 0; i < 4000; ++i)
    texts.Add("word" + std::to_string(i * 7919 % 37) + " thing" + std::to_string(i * 104729 % 53) + " card" +
              std::to_string(i % 11));
  const TermMatrix terms = CountTerms(texts.view(), Shipped(), {}, 1);
  const auto one = FindTopics(terms, {.topics = 12}, 1), three = FindTopics(terms, {.topics = 12}, 3);
  ASSERT_TRUE(one.ok() && three.ok());
  EXPECT_EQ(one.value().topic_of, three.value().topic_of);
  EXPECT_EQ(one.value().likeness, three.value().likeness);
}

}  // namespace
}  // namespace backcast
