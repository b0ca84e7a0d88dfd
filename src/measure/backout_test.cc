// SPDX-License-Identifier: Apache-2.0
#include "measure/backout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace backcast {
namespace {

// A shop's month: targeted sessions, add-to-cart rate, cart-to-purchase rate, order value.
std::vector<BackoutFactor> Shop() {
  return {{42000, 0.9, 0.5}, {0.062, 0.3, 0.2}, {0.41, 0.0, 0.1}, {54, 0.1, 0.1}};
}

double ShopNow() { return 42000 * 0.062 * 0.41 * 54; }

BackoutResult ShareShop(double target) { return ShareOut(Shop(), 1, 0, target, 0, 0); }

TEST(ShareOut, MatchesTheTableOfTheMethod) {
  struct Row {
    double target;
    std::vector<int> percent;
    double missing;
  };
  for (const Row& row : {Row{66000, {9, 3, 1, 1}, 1}, Row{80000, {24, 8, 1, 2}, 1},
                         Row{120000, {50, 20, 5, 10}, 1}, Row{160000, {50, 20, 10, 10}, 1.27}}) {
    const BackoutResult result = ShareShop(row.target);
    for (std::size_t i = 0; i < row.percent.size(); ++i) {
      EXPECT_EQ(std::lround(100 * std::expm1(result.shares[i].log_change)), row.percent[i])
          << row.target << " " << i;
    }
    EXPECT_NEAR(result.missing_factor, row.missing, 0.005) << row.target;
    EXPECT_NEAR(result.reached * result.missing_factor, row.target, 1e-6);
    EXPECT_NEAR(result.needed_log, std::log(row.target / ShopNow()), 1e-12);
  }
  const BackoutResult hard = ShareShop(120000);
  EXPECT_TRUE(hard.shares[0].at_limit);
  EXPECT_TRUE(hard.shares[1].at_limit);
  EXPECT_FALSE(hard.shares[2].at_limit);
  EXPECT_TRUE(hard.shares[3].at_limit);
}

TEST(ShareOut, FindsTheLeastChange) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int run = 0; run < 300; ++run) {
    std::vector<BackoutFactor> factors;
    double product = 2, room = 0;
    for (int i = 0; i < 2 + run % 6; ++i) {
      factors.push_back({1 + uniform(random), 0.05 + uniform(random), 0.02 + uniform(random)});
      product *= factors.back().current;
      room += std::log1p(factors.back().cap);
    }
    const double sign = run % 2 == 0 ? 1 : -1;
    const BackoutResult result =
        ShareOut(factors, 2, 0, product * std::exp(sign * room * uniform(random)), 0, 0);
    EXPECT_EQ(result.missing_factor, 1);
    double sum = 0;
    for (const BackoutShare& share : result.shares) sum += share.log_change;
    EXPECT_NEAR(sum, result.needed_log, 1e-12);
    // Least cost: moving a little change from one factor to another never lowers the cost. That holds if the
    // marginal costs x / weight of all factors are equal, lower only where a cap holds a factor back.
    double level = 0;
    for (std::size_t i = 0; i < factors.size(); ++i) {
      level = std::max(level, sign * result.shares[i].log_change / factors[i].weight);
    }
    for (std::size_t i = 0; i < factors.size(); ++i) {
      const double change = sign * result.shares[i].log_change;
      EXPECT_GE(change, 0);
      EXPECT_LE(change, std::log1p(factors[i].cap) + 1e-12);
      if (!result.shares[i].at_limit) {
        EXPECT_NEAR(change / factors[i].weight, level, 1e-9);
      }
    }
  }
}

TEST(ShareOut, MirrorsBelowTheValueOfNow) {
  const BackoutResult up = ShareShop(ShopNow() * 1.7), down = ShareShop(ShopNow() / 1.7);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(up.shares[i].log_change, -down.shares[i].log_change, 1e-12);
    EXPECT_EQ(up.shares[i].at_limit, down.shares[i].at_limit);
  }
  const BackoutResult far_down = ShareShop(ShopNow() / 100);
  EXPECT_LT(far_down.missing_factor, 1);
  EXPECT_NEAR(far_down.shares[0].needed, 42000 / 1.5, 1e-6);
  EXPECT_NEAR(far_down.reached * far_down.missing_factor, ShopNow() / 100, 1e-6);
}

TEST(ShareOut, SetsFixedFactorsFirst) {
  std::vector<BackoutFactor> factors = Shop();
  factors[3].fixed = 60;
  const BackoutResult result = ShareOut(factors, 1, 0, 80000, 0, 0);
  EXPECT_EQ(result.shares[3].needed, 60);
  EXPECT_EQ(result.shares[3].low, 60);
  EXPECT_NEAR(result.reached, 80000, 1e-6);
  // The others share what the fixed one leaves, as if it had always stood there.
  std::vector<BackoutFactor> without(factors.begin(), factors.begin() + 3);
  const BackoutResult rest = ShareOut(without, 60, 0, 80000, 0, 0);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(result.shares[i].needed / rest.shares[i].needed, 1, 1e-12);
  // An order value that overshoots lets the others fall.
  factors[3].fixed = 90;
  const BackoutResult beyond = ShareOut(factors, 1, 0, 80000, 0, 0);
  EXPECT_LT(beyond.shares[0].needed, 42000);
  EXPECT_NEAR(beyond.reached, 80000, 1e-6);
}

TEST(ShareOut, CannotMoveWhatHasNoCap) {
  std::vector<BackoutFactor> factors = Shop();
  for (BackoutFactor& factor : factors) factor.cap = 0;
  const BackoutResult result = ShareOut(factors, 1, 0, 2 * ShopNow(), 0, 0);
  EXPECT_NEAR(result.missing_factor, 2, 1e-12);
  for (const BackoutShare& share : result.shares) EXPECT_TRUE(share.at_limit);
  EXPECT_EQ(ShareOut(factors, 1, 0, ShopNow(), 0, 0).missing_factor, 1);
}

TEST(ShareOut, SaysNothingWithoutPositiveValues) {
  for (const double bad : {0.0, -1.0, std::nan("")}) {
    std::vector<BackoutFactor> factors = Shop();
    factors[1].current = bad;
    const BackoutResult result = ShareOut(factors, 1, 0, 80000, 0.1, 10);
    ASSERT_EQ(result.shares.size(), 4U);
    EXPECT_TRUE(std::isnan(result.shares[0].needed));
    EXPECT_TRUE(std::isnan(result.reached));
    EXPECT_TRUE(std::isnan(ShareOut(Shop(), 1, 0, bad, 0.1, 10).missing_factor));
    EXPECT_TRUE(std::isnan(ShareOut(Shop(), bad, 0, 80000, 0.1, 10).low));
  }
  std::vector<BackoutFactor> factors = Shop();
  factors[1].log_se = std::nan("");
  const BackoutResult result = ShareOut(factors, 1, 0, 80000, 0.1, 10);
  EXPECT_NEAR(result.reached, 80000, 1e-6);
  EXPECT_TRUE(std::isnan(result.shares[0].low));
}

// Worlds whose true factors are known: how often the interval of each needed value holds the value that the
// true factors would have asked for, and the interval of the outcome the outcome of one period.
}  // namespace
}  // namespace backcast
