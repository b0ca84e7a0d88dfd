// SPDX-License-Identifier: Apache-2.0
#include "money/cost_ratio.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measure/distributions.h"
#include "measure/random.h"

namespace backcast {
namespace {

TEST(CompareCosts, IsTheConditionalTestOfTwoPoissonCounts) {
  // 20 of 50 where 60 % of the money went: twice the smaller tail of the binomial.
  const CostRatio seen = CompareCosts({600, 20}, {400, 30}).value();
  EXPECT_NEAR(seen.ratio, 30.0 / (400.0 / 30.0), 1e-12);
  EXPECT_NEAR(seen.p, 2 * BinomialAtMost(20, 50, 0.6), 1e-12);
}

TEST(CompareCosts, IsSymmetricAndItsIntervalAgreesWithItsP) {
  Random random(11);
  for (int i = 0; i < 500; ++i) {
    const CostCount one{1 + 1000 * random.Uniform(), random.Poisson(40), 1 + random.Uniform()},
        other{1 + 1000 * random.Uniform(), 1 + random.Poisson(40), 1 + 3 * random.Uniform()};
    const CostRatio there = CompareCosts(one, other).value(), back = CompareCosts(other, one).value();
    EXPECT_NEAR(there.ratio * back.ratio, 1, 1e-9);
    EXPECT_NEAR(there.p, back.p, 1e-9);
    EXPECT_NEAR(there.interval.low * back.interval.high, 1, 1e-6);
    EXPECT_NEAR(there.interval.high * back.interval.low, 1, 1e-6);
    EXPECT_LE(there.interval.low, there.ratio);
    EXPECT_GE(there.interval.high, there.ratio);
    const bool holds_one = there.interval.low <= 1 && 1 <= there.interval.high;
    if (std::abs(there.p - 0.05) > 1e-6) {
      EXPECT_EQ(holds_one, there.p > 0.05) << one.count << " " << other.count;
    }
  }
}

TEST(CompareCosts, KnowsNothingOfTheUnitOfMoney) {
  const CostRatio euros = CompareCosts({600, 20, 1.5}, {400, 30, 2}).value(),
                  cents = CompareCosts({60000, 20, 1.5}, {40000, 30, 2}).value();
  EXPECT_NEAR(euros.ratio, cents.ratio, 1e-12);
  EXPECT_NEAR(euros.interval.low, cents.interval.low, 1e-9);
}

TEST(CompareCosts, MoreDispersionIsWider) {
  double width = 0, p = 0;
  for (const double dispersion : {1.0, 1.5, 3.0, 8.0}) {
    const CostRatio seen = CompareCosts({500, 40, dispersion}, {500, 70, dispersion}).value();
    EXPECT_GT(seen.interval.high - seen.interval.low, width);
    EXPECT_GT(seen.p, p);
    width = seen.interval.high - seen.interval.low;
    p = seen.p;
  }
}

TEST(CompareCosts, NothingCameOnOneSide) {
  const CostRatio none = CompareCosts({100, 0}, {100, 20}).value();
  EXPECT_TRUE(std::isinf(none.ratio));
  EXPECT_TRUE(std::isinf(none.interval.high));
  EXPECT_GT(none.interval.low, 1);
  const CostRatio all = CompareCosts({100, 20}, {100, 0}).value();
  EXPECT_EQ(all.ratio, 0);
  EXPECT_EQ(all.interval.low, 0);
  EXPECT_LT(all.interval.high, 1);
}

TEST(CompareCosts, RefusesWhatIsNoComparison) {
  for (const auto& [one, other] : {std::pair<CostCount, CostCount>{{0, 5}, {10, 5}},
                                   {{10, 5}, {-1, 5}},
                                   {{10, 0}, {10, 0}},
                                   {{10, -1}, {10, 4}},
                                   {{10, 5, 0.5}, {10, 5}},
                                   {{NAN, 5}, {10, 5}}}) {
    EXPECT_FALSE(CompareCosts(one, other).ok());
  }
  EXPECT_FALSE(CompareCosts({10, 5}, {10, 5}, 1).ok());
  EXPECT_FALSE(CostPerWithin({10, 5, 0.9}).ok());
}

TEST(CostPerWithin, IsTheExactOneWithoutDispersionAndKeepsTheCost) {
  const Interval exact = CostPerInterval(1000, 25).value(), same = CostPerWithin({1000, 25}).value();
  EXPECT_EQ(exact.low, same.low);
  EXPECT_EQ(exact.high, same.high);
  const Interval wide = CostPerWithin({1000, 25, 2}).value();
  EXPECT_LT(wide.low, exact.low);
  EXPECT_GT(wide.high, exact.high);
  EXPECT_LT(wide.low, 40);
  EXPECT_GT(wide.high, 40);
}

TEST(CountNeeded, IsTheTableOfTheMethods) {
  EXPECT_NEAR(CountNeeded(1.5), 80, 1);
  EXPECT_NEAR(CountNeeded(1.2), 433, 2);
  EXPECT_NEAR(CountNeeded(2), 25, 1);
  EXPECT_DOUBLE_EQ(CountNeeded(0.5), CountNeeded(2));
  EXPECT_DOUBLE_EQ(CountNeeded(2, 3), 3 * CountNeeded(2));
}

}  // namespace
}  // namespace backcast
