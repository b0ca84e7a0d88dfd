// SPDX-License-Identifier: Apache-2.0
#include "care/issue_trend.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measure/random.h"

namespace backcast {
namespace {

/// Four weeks before, four now; a share of some hundred contacts a day, days that vary by `spread`.
std::vector<IssueDay> World(Random& random, double share_before, double share_now, double spread) {
  std::vector<IssueDay> days;
  for (int i = 0; i < 56; ++i) {
    const bool now = i >= 28;
    const double all = 40 + random.Poisson(60);
    const double tilt = std::exp(spread * random.Normal());
    days.push_back({random.Poisson(all * (now ? share_now : share_before) * tilt), all, now});
  }
  return days;
}

TEST(IssueTrend, FindsAnIssueThatDoublesAndNotOneThatStays) {
  Random random(3);
  std::vector<IssueTrend> trends = {ReadTrend(World(random, 0.05, 0.10, 0)),
                                    ReadTrend(World(random, 0.10, 0.05, 0)),
                                    ReadTrend(World(random, 0.10, 0.10, 0))};
  JudgeTrends(trends);
  EXPECT_EQ(trends[0].verdict, TrendVerdict::kRising);
  EXPECT_EQ(trends[1].verdict, TrendVerdict::kFalling);
  EXPECT_EQ(trends[2].verdict, TrendVerdict::kNoChangeShown);
  EXPECT_LT(trends[0].interval->low, 2);
  EXPECT_GT(trends[0].interval->high, 2);
}

TEST(IssueTrend, MoreOfEverythingIsNoTrendOfOne) {
  std::vector<IssueDay> days;
  for (int i = 0; i < 28; ++i) days.push_back({i < 14 ? 5.0 : 10.0, i < 14 ? 50.0 : 100.0, i >= 14});
  const IssueTrend trend = ReadTrend(days);
  EXPECT_DOUBLE_EQ(*trend.ratio, 1);
  EXPECT_GT(trend.p, 0.9);
}

TEST(IssueTrend, DaysThatVaryMakeTheIntervalWiderAndFalseCallsRare) {
  Random random(11);
  int calls = 0, plain = 0;
  const int worlds = 400;
  for (int i = 0; i < worlds; ++i) {
    const IssueTrend trend = ReadTrend(World(random, 0.1, 0.1, 0.6));
    EXPECT_GE(trend.dispersion, 1);
    calls += trend.p < 0.05;
    const double z = std::log(*trend.ratio) / std::sqrt(1 / trend.now + 1 / trend.before);
    plain += std::abs(z) > 1.96;
  }
  EXPECT_LT(calls, worlds * 0.085) << "nominal 5 %";
  EXPECT_GT(plain, worlds * 0.2) << "what a plain Poisson test would have called";
}

TEST(IssueTrend, AnIssueOfOnePeriodHasLimits) {
  std::vector<IssueDay> days;
  for (int i = 0; i < 28; ++i) days.push_back({i < 14 ? 0.0 : 5.0, 50, i >= 14});
  std::vector<IssueTrend> trends = {ReadTrend(days)};
  JudgeTrends(trends);
  EXPECT_EQ(trends[0].verdict, TrendVerdict::kRising);
  EXPECT_GT(trends[0].interval->low, 1);
}

TEST(IssueTrend, TooLittleIsSaidWithWhatItTakes) {
  std::vector<IssueDay> days;
  for (int i = 0; i < 28; ++i) days.push_back({1, 10, i >= 14});
  EXPECT_EQ(ReadTrend(days).needs, "have 28 contacts in both periods, need about 30");
  EXPECT_EQ(ReadTrend(std::vector<IssueDay>(5, {50, 90, true})).needs, "no contacts in the period before");
  EXPECT_EQ(ReadTrend(std::vector<IssueDay>(5, {50, 90, false})).needs, "no contacts in the period");
  EXPECT_EQ(ReadTrend(std::vector<IssueDay>{{50, 90, true}, {50, 90, false}}).needs,
            "have 2 days with contacts, need 14");
  std::vector<IssueTrend> trends = {ReadTrend({})};
  JudgeTrends(trends);
  EXPECT_EQ(trends[0].verdict, TrendVerdict::kTooLittle);
}

}  // namespace
}  // namespace backcast
