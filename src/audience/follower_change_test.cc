// SPDX-License-Identifier: Apache-2.0
#include "audience/follower_change.h"

#include <gtest/gtest.h>

#include <limits>

namespace backcast {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Day At(const char* text) { return ParseIsoDay(text).value(); }

std::vector<FollowerDay> Days(int n, double end, double gained, double lost) {
  std::vector<FollowerDay> days;
  for (int i = 0; i < n; ++i)
    days.push_back({At("2026-02-01") + std::chrono::days{i}, end + i, gained, lost});
  return days;
}

const Window kMarch = {At("2026-03-01"), At("2026-04-01")};

TEST(FollowerChange, TheStartIsTheDayBefore) {
  const FollowerChange change = ReadFollowerChange(Days(59, 1000, 3, 2), kMarch);
  EXPECT_DOUBLE_EQ(*change.start, 1027);
  EXPECT_EQ(change.start_on, At("2026-02-28"));
  EXPECT_DOUBLE_EQ(*change.end, 1058);
  EXPECT_DOUBLE_EQ(*change.gained, 93);
  EXPECT_DOUBLE_EQ(*change.lost, 62);
  EXPECT_DOUBLE_EQ(*change.churn, 62 / 1027.0);
  EXPECT_LT(change.churn_within->low, *change.churn);
}

TEST(FollowerChange, ACleanUpIsNoChurn) {
  std::vector<FollowerDay> days = Days(59, 1000, 3, 2);
  days[40].lost = 300;
  const FollowerChange change = ReadFollowerChange(days, kMarch);
  ASSERT_EQ(change.clean_ups.size(), 1u);
  EXPECT_EQ(change.clean_ups[0].day, days[40].day);
  EXPECT_DOUBLE_EQ(*change.lost, 360);
  EXPECT_DOUBLE_EQ(*change.churn, 62 / 1027.0);
}

TEST(FollowerChange, SixOfAUsualTwoIsNoCleanUp) {
  std::vector<FollowerDay> days = Days(59, 1000, 3, 2);
  days[40].lost = 6;
  EXPECT_TRUE(ReadFollowerChange(days, kMarch).clean_ups.empty());
}

TEST(FollowerChange, SilenceIsNoNought) {
  const FollowerChange change = ReadFollowerChange(Days(59, 1000, kNone, kNone), kMarch);
  EXPECT_FALSE(change.gained);
  EXPECT_FALSE(change.lost);
  EXPECT_FALSE(change.churn);
  EXPECT_FALSE(change.churn_needs.empty());
  EXPECT_DOUBLE_EQ(*change.end - *change.start, 31);
}

TEST(FollowerChange, FewDaysOrFollowersHaveNoRate) {
  const std::vector<FollowerDay> days = Days(59, 1000, 3, 2);
  EXPECT_FALSE(ReadFollowerChange(days, {At("2026-03-01"), At("2026-03-10")}).churn);
  EXPECT_FALSE(ReadFollowerChange(Days(59, 10, 3, 2), kMarch).churn);
}

TEST(FollowerChange, OneReadingInThePeriodIsStartAndEnd) {
  const std::vector<FollowerDay> days = {{At("2026-03-10"), 500, kNone, kNone}};
  const FollowerChange change = ReadFollowerChange(days, kMarch);
  EXPECT_DOUBLE_EQ(*change.start, 500);
  EXPECT_DOUBLE_EQ(*change.end, 500);
}

}  // namespace
}  // namespace backcast
