// SPDX-License-Identifier: Apache-2.0
#include "care/satisfaction.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

std::vector<SurveyAnswer> Answers(const std::string& kind, double score, int count, double low, double high) {
  return std::vector<SurveyAnswer>(static_cast<std::size_t>(count), {kind, score, low, high, -1});
}

void Add(std::vector<SurveyAnswer>& to, const std::vector<SurveyAnswer>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

TEST(Satisfaction, TopTwoOfFiveWithItsInterval) {
  std::vector<SurveyAnswer> answers = Answers("csat", 5, 20, 1, 5);
  Add(answers, Answers("csat", 4, 10, 1, 5));
  Add(answers, Answers("csat", 3, 10, 1, 5));
  const auto all = ReadSatisfaction(answers);
  ASSERT_EQ(all.size(), 1);
  EXPECT_DOUBLE_EQ(*all[0].value, 0.75);
  EXPECT_LT(all[0].interval->low, 0.75);
  EXPECT_FALSE(all[0].asked_known) << "answers alone do not say how many were asked";
}

TEST(Satisfaction, OfGoodAndBadOnlyGoodIsTop) {
  std::vector<SurveyAnswer> answers = Answers("csat", 1, 30, 0, 1);
  Add(answers, Answers("csat", 0, 10, 0, 1));
  EXPECT_DOUBLE_EQ(*ReadSatisfaction(answers)[0].value, 0.75);
}

TEST(Satisfaction, ScalesAreNeverMerged) {
  std::vector<SurveyAnswer> answers = Answers("csat", 5, 30, 1, 5);
  Add(answers, Answers("csat", 1, 30, 0, 1));
  EXPECT_EQ(ReadSatisfaction(answers).size(), 2);
}

TEST(Satisfaction, ThoseAskedWhoDidNotAnswerGiveTheResponseRate) {
  std::vector<SurveyAnswer> answers = Answers("csat", 5, 30, 1, 5);
  for (int i = 0; i < 90; ++i) answers.push_back({"csat", std::nullopt, 1, 5, -1});
  const Satisfaction one = ReadSatisfaction(answers)[0];
  EXPECT_TRUE(one.asked_known);
  EXPECT_EQ(one.asked, 120);
  EXPECT_EQ(one.answered, 30);
  EXPECT_LT(one.response_interval->low, 0.25);
  EXPECT_GT(one.response_interval->high, 0.25);
}

TEST(Satisfaction, PromotersNeedAHundred) {
  std::vector<SurveyAnswer> answers = Answers("nps", 10, 50, 0, 10);
  Add(answers, Answers("nps", 8, 29, 0, 10));
  Add(answers, Answers("nps", 0, 20, 0, 10));
  EXPECT_EQ(ReadSatisfaction(answers)[0].needs, "have 99 answers, need about 100");
  Add(answers, Answers("nps", 7, 1, 0, 10));
  const Satisfaction one = ReadSatisfaction(answers)[0];
  EXPECT_DOUBLE_EQ(*one.value, 30);
  EXPECT_NEAR(one.interval->high - 30, 15, 0.5) << "METHODS 1: 50, 30, 20 of 100 are within 15 points";
  EXPECT_FALSE(ReadSatisfaction(Answers("nps", 5, 200, 1, 5))[0].value)
      << "another scale is no promoter score";
}

TEST(Satisfaction, AnswersOfOnePersonAreOne) {
  std::vector<SurveyAnswer> answers;
  for (int person = 0; person < 10; ++person) {
    for (int i = 0; i < 10; ++i) answers.push_back({"ces", person < 5 ? 7.0 : 3.0, 1, 7, double(person)});
  }
  const Satisfaction clustered = ReadSatisfaction(answers)[0];
  for (SurveyAnswer& answer : answers) answer.person = -1;
  const Satisfaction apart = ReadSatisfaction(answers)[0];
  EXPECT_DOUBLE_EQ(*clustered.value, 5);
  EXPECT_DOUBLE_EQ(*apart.value, 5);
  EXPECT_GT(clustered.interval->high - clustered.interval->low,
            2 * (apart.interval->high - apart.interval->low));
}

TEST(Satisfaction, AnswersOffTheirScaleAreLeftOutAndCounted) {
  std::vector<SurveyAnswer> answers = Answers("csat", 5, 30, 1, 5);
  Add(answers, Answers("csat", 9, 3, 1, 5));
  const Satisfaction one = ReadSatisfaction(answers)[0];
  EXPECT_EQ(one.off_scale, 3);
  EXPECT_EQ(one.answered, 30);
}

}  // namespace
}  // namespace backcast
