// SPDX-License-Identifier: Apache-2.0
#include "audience/authentic.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

FollowerCounts Sample() {
  FollowerCounts counts;
  counts.sampled = 420;
  counts.told = 400;
  counts.suspected = 100;
  return counts;
}

TEST(Authentic, EngagementsLoseTheSuspectedShareWithItsInterval) {
  const auto left = AuthenticEngagements(1000, Sample());
  ASSERT_TRUE(left);
  EXPECT_DOUBLE_EQ(left->value, 750);
  // Wilson of 100 of 400 is 0.2100 to 0.2947.
  EXPECT_NEAR(left->interval.low, 705.3, 0.1);
  EXPECT_NEAR(left->interval.high, 790.0, 0.1);
  EXPECT_DOUBLE_EQ(left->n, 400);
}

TEST(Authentic, NobodyToldLeavesItUnknown) {
  FollowerCounts none;
  none.sampled = 50;
  EXPECT_FALSE(AuthenticEngagements(1000, none));
  EXPECT_FALSE(AudienceQuality(none, 0.6));
}

TEST(Authentic, QualityIsCountedWhereTheSampleKnowsBoth) {
  FollowerCounts counts = Sample();
  counts.judged = 200;
  counts.good = 90;
  const auto quality = AudienceQuality(counts, 0.9);
  EXPECT_DOUBLE_EQ(quality->value, 0.45);
  EXPECT_DOUBLE_EQ(quality->n, 200);
}

TEST(Authentic, ElseWhatTheCreatorToldIsTakenDown) {
  const auto quality = AudienceQuality(Sample(), 0.6);
  EXPECT_DOUBLE_EQ(quality->value, 0.45);
  EXPECT_LT(quality->interval.low, 0.45);
  EXPECT_FALSE(AudienceQuality(Sample(), {}));
}

TEST(Authentic, ReasonsAreCountedByRule) {
  std::map<std::string, double> reasons;
  CountReasons("no_avatar+no_post@1", 3, reasons);
  CountReasons("no_post@1", 2, reasons);
  CountReasons("by_hand", 1, reasons);
  CountReasons("", 9, reasons);
  EXPECT_EQ(reasons, (std::map<std::string, double>{{"by_hand", 1}, {"no_avatar", 3}, {"no_post", 5}}));
}

}  // namespace
}  // namespace backcast
