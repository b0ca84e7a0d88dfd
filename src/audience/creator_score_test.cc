// SPDX-License-Identifier: Apache-2.0
#include "audience/creator_score.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

const std::vector<Criterion> kCriteria = {{"cost", 3, 10, 50}, {"target", 1, 0.8, 0.2}, {"bots", 1, 0, 0.4}};

TEST(CreatorScore, PointsRunFromBadToGoodAndStopThere) {
  EXPECT_DOUBLE_EQ(PointsOf(kCriteria[0], 10), 100);
  EXPECT_DOUBLE_EQ(PointsOf(kCriteria[0], 50), 0);
  EXPECT_DOUBLE_EQ(PointsOf(kCriteria[0], 20), 75);
  EXPECT_DOUBLE_EQ(PointsOf(kCriteria[0], 400), 0);
  EXPECT_DOUBLE_EQ(PointsOf(kCriteria[1], 0.95), 100);
}

TEST(CreatorScore, LinesAddUpToTheScore) {
  const std::vector<CriterionValue> values = {{20.0, {}, ""}, {0.5, {}, ""}, {0.1, {}, ""}};
  const CreatorScore score = ScoreCreator(kCriteria, values);
  ASSERT_TRUE(score.score);
  EXPECT_DOUBLE_EQ(*score.score, (3 * 75 + 50 + 75) / 5.0);
  double sum = 0;
  for (const CriterionScore& line : score.lines) sum += line.contribution;
  EXPECT_DOUBLE_EQ(sum, *score.score);
  EXPECT_DOUBLE_EQ(score.worst, *score.score);
}

TEST(CreatorScore, WhatIsMissingIsNoNought) {
  const std::vector<CriterionValue> values = {{20.0, {}, ""}, {{}, {}, "no sample"}, {{}, {}, "no sample"}};
  const CreatorScore score = ScoreCreator(kCriteria, values);
  EXPECT_DOUBLE_EQ(*score.score, 75);
  EXPECT_DOUBLE_EQ(score.known, 3);
  EXPECT_DOUBLE_EQ(score.all, 5);
  EXPECT_FALSE(score.lines[1].points);
  EXPECT_EQ(score.lines[1].of.missing, "no sample");
}

TEST(CreatorScore, NothingKnownHasNoScore) {
  const std::vector<CriterionValue> values(3);
  EXPECT_FALSE(ScoreCreator(kCriteria, values).score);
}

TEST(CreatorScore, TheRangeFollowsTheIntervalsWhicheverWayIsGood) {
  const std::vector<CriterionValue> values = {
      {20.0, Interval{15, 30}, ""}, {0.5, Interval{0.4, 0.6}, ""}, {}};
  const CreatorScore score = ScoreCreator(kCriteria, values);
  EXPECT_DOUBLE_EQ(score.worst, (3 * 50 + 100 * 0.2 / 0.6) / 4);
  EXPECT_DOUBLE_EQ(score.best, (3 * 87.5 + 100 * 0.4 / 0.6) / 4);
}

}  // namespace
}  // namespace backcast
