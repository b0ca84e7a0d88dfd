// SPDX-License-Identifier: Apache-2.0
#include "measure/kaplan_meier.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace backcast {
namespace {

std::vector<Wait> TwentyWaits() {
  const std::vector<double> times{1, 1, 2, 3, 3, 4, 5, 6, 7, 7, 8, 9, 10, 12, 12, 13, 15, 16, 18, 20};
  const std::vector<int> ended{1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 0, 0};
  std::vector<Wait> waits;
  for (std::size_t item = 0; item < times.size(); ++item) waits.push_back({times[item], ended[item] == 1});
  return waits;
}

TEST(SurvivalCurve, AgreesWithAnIndependentOne) {
  const auto curve = SurvivalCurve(TwentyWaits()).value();
  ASSERT_EQ(curve.size(), 12U);
  EXPECT_NEAR(curve[0].waiting, 0.9, 1e-12);
  EXPECT_EQ(curve[2].at_risk, 17);
  EXPECT_NEAR(curve[3].waiting, 0.7466666666666667, 1e-12);
  EXPECT_NEAR(curve[5].waiting * std::sqrt(curve[5].greenwood), 0.10930081, 1e-8);
  EXPECT_NEAR(curve[11].waiting, 0.176, 1e-12);
}

TEST(SurvivalCurve, WithoutCensoringIsTheShareStillWaiting) {
  std::mt19937_64 random(3);
  std::uniform_int_distribution<int> time(0, 15);
  std::vector<Wait> waits;
  for (int item = 0; item < 60; ++item) waits.push_back({static_cast<double>(time(random)), true});
  for (const SurvivalStep& step : SurvivalCurve(waits).value()) {
    double longer = 0;
    for (const Wait& wait : waits) longer += wait.time > step.time;
    EXPECT_NEAR(step.waiting, longer / 60, 1e-12);
    if (longer > 0) {
      EXPECT_NEAR(step.greenwood, (1 - step.waiting) / step.waiting / 60, 1e-12);
    }
  }
}

TEST(SurvivalCurve, RefusesWhatIsNoTime) {
  EXPECT_FALSE(SurvivalCurve({}).ok());
  EXPECT_FALSE(SurvivalCurve(std::vector<Wait>{{-1, true}}).ok());
  EXPECT_FALSE(SurvivalCurve(std::vector<Wait>{{std::nan(""), true}}).ok());
}

TEST(KaplanMeierQuantile, AgreesWithAnIndependentOne) {
  const TimeQuantile median = KaplanMeierQuantile(TwentyWaits(), 0.5).value();
  EXPECT_EQ(median.value, 10);
  EXPECT_EQ(median.low, 4);
  EXPECT_EQ(median.high, 13);
  EXPECT_EQ(median.items, 20);
  EXPECT_EQ(median.ended, 14);
  EXPECT_EQ(QuantileOfCurve(SurvivalCurve(TwentyWaits()).value(), 0.25), 4);
}

TEST(KaplanMeierQuantile, RefusesANumberFromFew) {
  std::vector<Wait> waits;
  for (int item = 1; item <= 5; ++item) waits.push_back({static_cast<double>(item), true});
  const auto refused = KaplanMeierQuantile(waits, 0.5);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kTooLittle);
  waits.push_back({6, true});
  EXPECT_TRUE(KaplanMeierQuantile(waits, 0.5).ok());
  EXPECT_FALSE(KaplanMeierQuantile(waits, 0.9).ok());
  EXPECT_FALSE(KaplanMeierQuantile(waits, 0).ok());
}

TEST(KaplanMeierQuantile, NotReachedAmongManyIsAnAnswer) {
  std::vector<Wait> waits(40, Wait{24, false});
  waits.push_back({1, true});
  const auto quantile = KaplanMeierQuantile(waits, 0.9);
  ASSERT_TRUE(quantile.ok());
  EXPECT_FALSE(quantile.value().value.has_value());
  EXPECT_FALSE(quantile.value().high.has_value());
}

// Those that answer fast are seen to answer: leaving the others out makes a team look faster than it is.
TEST(KaplanMeierQuantile, IsNotFooledByWhatStillWaits) {
  std::mt19937_64 random(2);
  std::lognormal_distribution<double> answer(std::log(2), 1.4);
  std::uniform_real_distribution<double> arrival(0, 168), share(0, 1);
  int covered = 0;
  double middle = 0, answered_only = 0;
  constexpr int kRuns = 300;
  const double truth =
      std::exp(std::log(2) + 1.4 * 0.22300783094036683);  // P(answered by then) = .85 * 10/17 = .5
  for (int run = 0; run < kRuns; ++run) {
    std::vector<Wait> waits;
    std::vector<Wait> answered;
    for (int item = 0; item < 200; ++item) {
      const double needed = share(random) < 0.15 ? 1e9 : answer(random);
      const double observed = 168 - arrival(random);
      waits.push_back({std::min(needed, observed), needed <= observed});
      if (waits.back().ended) answered.push_back(waits.back());
    }
    const TimeQuantile median = KaplanMeierQuantile(waits, 0.5).value();
    middle += *median.value / kRuns;
    answered_only += *KaplanMeierQuantile(answered, 0.5).value().value / kRuns;
    covered += *median.low <= truth && truth <= *median.high;
  }
  EXPECT_NEAR(middle / truth, 1, 0.06);
  EXPECT_LT(answered_only / truth, 0.8);
  EXPECT_NEAR(static_cast<double>(covered) / kRuns, 0.95, 0.035);
}

TEST(ShareEndedWithin, AgreesWithAnIndependentOne) {
  const EndedWithin within = ShareEndedWithin(TwentyWaits(), 6.5).value();
  EXPECT_NEAR(within.share, 0.36, 1e-12);
  EXPECT_NEAR(within.interval.low, 0.19006826698395862, 1e-9);
  EXPECT_NEAR(within.interval.high, 0.6112488010741886, 1e-9);
}

TEST(ShareEndedWithin, HasLimitsAtBothEnds) {
  const std::vector<Wait> waits(10, Wait{5, true});
  const EndedWithin none = ShareEndedWithin(waits, 1).value();
  EXPECT_EQ(none.share, 0);
  EXPECT_NEAR(none.interval.high, WilsonInterval(0, 10).value().high, 1e-12);
  const EndedWithin all = ShareEndedWithin(waits, 100).value();
  EXPECT_EQ(all.share, 1);
  EXPECT_NEAR(all.interval.low, WilsonInterval(10, 10).value().low, 1e-12);
  EXPECT_EQ(all.interval.high, 1);
}

TEST(ShareEndedWithin, RefusesBeyondWhatWasSeen) {
  const std::vector<Wait> waits{{1, true}, {3, false}};
  EXPECT_TRUE(ShareEndedWithin(waits, 3).ok());
  EXPECT_FALSE(ShareEndedWithin(waits, 4).ok());
  EXPECT_FALSE(ShareEndedWithin(waits, -1).ok());
}

}  // namespace
}  // namespace backcast
