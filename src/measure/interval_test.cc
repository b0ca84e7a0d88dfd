// SPDX-License-Identifier: Apache-2.0
#include "measure/interval.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "measure/distributions.h"

namespace backcast {
namespace {

TEST(Distributions, AgreeWithTheirTables) {
  EXPECT_NEAR(NormalCritical(0.95), 1.959963984540054, 1e-12);
  EXPECT_NEAR(NormalQuantile(0.025), -1.959963984540054, 1e-12);
  EXPECT_NEAR(ChiSquareQuantile(0.95, 3), 7.814727903251179, 1e-9);
  EXPECT_NEAR(StudentTwoSidedP(StudentCritical(0.95, 10), 10), 0.05, 1e-12);
  EXPECT_EQ(StudentTwoSidedP(std::numeric_limits<double>::infinity(), 3), 0);
}

TEST(Distributions, BetaIsTheTailOfTheBinomial) {
  for (const int k : {0, 3, 11}) {
    EXPECT_NEAR(BinomialAtMost(k, 12, 0.3), 1 - BetaAtMost(0.3, k + 1, 12 - k), 1e-12);
    EXPECT_NEAR(BetaAtMost(BetaQuantile(0.025, k + 1, 12 - k), k + 1, 12 - k), 0.025, 1e-9);
  }
}

TEST(Distributions, BinomialQuantileIsTheSmallestThatReaches) {
  for (const int trials : {0, 1, 7, 40, 1000}) {
    for (const double chance : {0.02, 0.5, 0.9}) {
      for (const double probability : {0.0, 0.025, 0.5, 0.975}) {
        const int k = BinomialQuantile(probability, trials, chance);
        EXPECT_GE(BinomialAtMost(k, trials, chance), probability);
        if (k > 0) {
          EXPECT_LT(BinomialAtMost(k - 1, trials, chance), probability);
        }
      }
    }
  }
}

TEST(WilsonInterval, IsTheOneOfThePaper) {
  const Interval interval = WilsonInterval(7, 40).value();
  EXPECT_NEAR(interval.low, 0.08745413744621554, 1e-9);
  EXPECT_NEAR(interval.high, 0.31949990335640943, 1e-9);
  EXPECT_NEAR(WilsonInterval(2, 3, 0.9).value().high, 0.9217342736662716, 1e-9);
}

TEST(WilsonInterval, HoldsTheShareAndMirrors) {
  for (int n = 1; n <= 30; ++n) {
    for (int k = 0; k <= n; ++k) {
      const Interval interval = WilsonInterval(k, n).value();
      const Interval mirrored = WilsonInterval(n - k, n).value();
      const double share = static_cast<double>(k) / n;
      EXPECT_GE(interval.low, 0);
      EXPECT_LE(interval.low, share);
      EXPECT_GE(interval.high, share);
      EXPECT_LE(interval.high, 1);
      EXPECT_NEAR(interval.low, 1 - mirrored.high, 1e-12);
    }
  }
}

TEST(WilsonInterval, RefusesWhatIsNoShare) {
  EXPECT_FALSE(WilsonInterval(0, 0).ok());
  EXPECT_FALSE(WilsonInterval(5, 4).ok());
  EXPECT_FALSE(WilsonInterval(-1, 4).ok());
  EXPECT_FALSE(WilsonInterval(std::nan(""), 4).ok());
  EXPECT_FALSE(WilsonInterval(1, 4, 1).ok());
}

TEST(ShareDifferenceInterval, IsTheOneOfThePaper) {
  // Newcombe 1998, table II, method 10: 56 of 70 less 48 of 80.
  const Interval interval = ShareDifferenceInterval(56, 70, 48, 80).value();
  EXPECT_NEAR(interval.low, 0.0524, 5e-5);
  EXPECT_NEAR(interval.high, 0.3339, 5e-5);
  const Interval turned = ShareDifferenceInterval(48, 80, 56, 70).value();
  EXPECT_NEAR(turned.low, -interval.high, 1e-12);
  EXPECT_NEAR(turned.high, -interval.low, 1e-12);
  EXPECT_FALSE(ShareDifferenceInterval(1, 0, 1, 2).ok());
}

TEST(PoissonInterval, IsExact) {
  const Interval interval = PoissonInterval(7).value();
  EXPECT_NEAR(interval.low, 2.8143630515198654, 1e-9);
  EXPECT_NEAR(interval.high, 14.422675361702376, 1e-9);
  EXPECT_EQ(PoissonInterval(0).value().low, 0);
  // With nothing seen the limit solves exp(-mean) = 2.5 %.
  EXPECT_NEAR(std::exp(-PoissonInterval(0).value().high), 0.025, 1e-12);
  EXPECT_FALSE(PoissonInterval(-1).ok());
}

TEST(PoissonInterval, ItsLimitsLeaveHalfOfTheRestOutside) {
  for (const int count : {1, 2, 9, 60}) {
    const Interval interval = PoissonInterval(count, 0.9).value();
    double at_most = 0, below = 0;  // P(X <= count) at the high limit, P(X < count) at the low one
    for (int k = 0; k <= count; ++k) {
      at_most += std::exp(k * std::log(interval.high) - interval.high - std::lgamma(k + 1.0));
      if (k < count) below += std::exp(k * std::log(interval.low) - interval.low - std::lgamma(k + 1.0));
    }
    EXPECT_NEAR(at_most, 0.05, 1e-9);
    EXPECT_NEAR(1 - below, 0.05, 1e-9);
  }
}

TEST(CostPerInterval, TurnsTheCountAround) {
  const Interval cost = CostPerInterval(1000, 5).value();
  EXPECT_NEAR(cost.low, 85.7, 0.05);
  EXPECT_NEAR(cost.high, 615.96, 0.05);
  EXPECT_TRUE(std::isinf(CostPerInterval(1000, 0).value().high));
  EXPECT_FALSE(CostPerInterval(-1, 5).ok());
}

TEST(NpsInterval, SpreadsLikeAVariableOfThreeValues) {
  const NetPromoterScore score = NpsInterval(12, 5, 30).value();
  EXPECT_NEAR(score.value, 23.333333333333336, 1e-9);
  EXPECT_NEAR(score.interval.low, -2.2775555545914568, 1e-9);
  EXPECT_NEAR(score.interval.high, 48.94422222125813, 1e-9);
  EXPECT_EQ(NpsInterval(30, 0, 30).value().interval.low, 100);
  EXPECT_FALSE(NpsInterval(20, 20, 30).ok());
  EXPECT_FALSE(NpsInterval(0, 0, 0).ok());
}

TEST(RatioInterval, CountsPostsNotImpressions) {
  const std::vector<double> engaged{3, 0, 4, 1, 9}, seen{50, 20, 70, 35, 60};
  const RatioEstimate estimate = RatioInterval(engaged, seen).value();
  EXPECT_NEAR(estimate.value, 0.07234042553191489, 1e-12);
  EXPECT_NEAR(estimate.interval.low, 0.002864471468162738, 1e-9);
  EXPECT_NEAR(estimate.interval.high, 0.14181637959566704, 1e-9);
  EXPECT_EQ(estimate.clusters, 5);
  // A hundred times the impressions on the same posts is no more evidence.
  std::vector<double> engaged_more, seen_more;
  for (std::size_t post = 0; post < seen.size(); ++post) {
    engaged_more.push_back(100 * engaged[post]);
    seen_more.push_back(100 * seen[post]);
  }
  EXPECT_NEAR(RatioInterval(engaged_more, seen_more).value().interval.high, estimate.interval.high, 1e-12);
}

TEST(RatioInterval, RefusesBelowTwoClusters) {
  const std::vector<double> one{1}, two{2, 2}, nothing{0, 0}, negative{-1, 3};
  const auto refused = RatioInterval(one, one);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kTooLittle);
  EXPECT_FALSE(RatioInterval(one, two).ok());
  EXPECT_FALSE(RatioInterval(two, nothing).ok());
  EXPECT_FALSE(RatioInterval(two, negative).ok());
}

// The rates METHODS 1 publishes for posts that differ: .94 at 200 posts, where pooled Wilson covers a tenth.
TEST(RatioInterval, CoversTheTruthWherePostsDiffer) {
  std::mt19937_64 random(9);
  std::gamma_distribution<double> up(2), down(48);
  std::lognormal_distribution<double> reach(std::log(1000), 0.8);
  int covered = 0, covered_by_wilson = 0;
  constexpr int kRuns = 300;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<double> engaged, seen;
    double all_engaged = 0, all_seen = 0;
    for (int post = 0; post < 100; ++post) {
      const double a = up(random), b = down(random);
      seen.push_back(std::max(20.0, std::floor(reach(random))));
      engaged.push_back(std::binomial_distribution<int>(static_cast<int>(seen.back()), a / (a + b))(random));
      all_engaged += engaged.back();
      all_seen += seen.back();
    }
    const Interval own = RatioInterval(engaged, seen).value().interval;
    const Interval wilson = WilsonInterval(all_engaged, all_seen).value();
    covered += own.low <= 0.04 && 0.04 <= own.high;
    covered_by_wilson += wilson.low <= 0.04 && 0.04 <= wilson.high;
  }
  EXPECT_GT(covered, 0.88 * kRuns);
  EXPECT_LT(covered, 0.98 * kRuns);
  EXPECT_LT(covered_by_wilson, 0.5 * kRuns);
}

TEST(QuantileInterval, IsMadeOfValuesOfTheSample) {
  std::vector<double> values;
  for (int value = 40; value >= 1; --value) values.push_back(std::pow(value, 1.5));
  const QuantileEstimate median = QuantileInterval(values, 0.5).value();
  EXPECT_NEAR(median.value, std::pow(20, 1.5), 1e-9);
  EXPECT_NEAR(median.interval.low, 52.38320341483518, 1e-9);
  EXPECT_NEAR(median.interval.high, 140.29611541307906, 1e-9);
  const QuantileEstimate tail = QuantileInterval(values, 0.9).value();
  EXPECT_NEAR(tail.value, std::pow(36, 1.5), 1e-9);
  EXPECT_TRUE(tail.both_limits_exist);
  EXPECT_NEAR(tail.interval.high, 252.98221281347034, 1e-9);
  values.resize(20);
  EXPECT_FALSE(QuantileInterval(values, 0.9).value().both_limits_exist);
  EXPECT_FALSE(QuantileInterval({}, 0.5).ok());
  EXPECT_FALSE(QuantileInterval(values, 1).ok());
}

TEST(QuantileInterval, NeedsTheSampleSizesOfTheMethodsPaper) {
  EXPECT_EQ(FewestForQuantile(0.5), 6);
  EXPECT_EQ(FewestForQuantile(0.9), 36);
  EXPECT_EQ(FewestForQuantile(0.95), 72);
}

TEST(QuantileInterval, CoversAtLeastItsLevel) {
  std::mt19937_64 random(4);
  std::exponential_distribution<double> wait(1);
  int covered = 0;
  constexpr int kRuns = 2000;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<double> values(25);
    for (double& value : values) value = wait(random);
    const Interval interval = QuantileInterval(values, 0.5).value().interval;
    covered += interval.low <= std::log(2) && std::log(2) <= interval.high;
  }
  EXPECT_GE(covered, 0.94 * kRuns);
}

}  // namespace
}  // namespace backcast
