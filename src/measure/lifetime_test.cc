// SPDX-License-Identifier: Apache-2.0
#include "measure/lifetime.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "measure/random.h"

namespace backcast {
namespace {

using testing::HasSubstr;

std::vector<double> Ages(std::initializer_list<double> ages) { return ages; }

/// A shop in which every customer buys once at age 0 and then about every `gap` days, and is seen for between
/// 0 and `longest` days.
std::vector<CustomerHistory> Shop(Random& random, int customers, double gap, double longest, double mean) {
  std::vector<CustomerHistory> all;
  for (int i = 0; i < customers; ++i) {
    CustomerHistory customer{std::floor(random.Uniform() * longest), {}};
    for (double age = 0; age <= customer.seen; age += 1 + std::floor(-gap * std::log(1 - random.Uniform())))
      customer.events.push_back({age, mean * std::exp(0.8 * random.Normal() - 0.32)});
    all.push_back(std::move(customer));
  }
  return all;
}

TEST(Lifetime, WithoutCensoringItIsTheMeanAndItsStandardError) {
  Random random(1);
  std::vector<CustomerHistory> all;
  double sum = 0, squares = 0;
  for (int i = 0; i < 200; ++i) {
    const double one = random.Uniform() * 100, two = random.Uniform() * 50;
    all.push_back({400, {{0, one}, {30.0 + i, two}}});
    sum += one + two;
    squares += (one + two) * (one + two);
  }
  const auto points = LifetimeValue(all, Ages({365}));
  ASSERT_TRUE(points.ok());
  const double mean = sum / 200;
  EXPECT_NEAR(points.value()[0].value, mean, 1e-9);
  EXPECT_NEAR(points.value()[0].standard_error, std::sqrt((squares / 200 - mean * mean) / 200), 1e-9);
  EXPECT_EQ(points.value()[0].at_risk, 200);
}

TEST(Lifetime, AHandWorkedExample) {
  // Seen for 10, 20 and 30 days; amounts 4 at 0 each, 6 at age 15 of the second, 9 at age 25 of the third.
  const std::vector<CustomerHistory> all = {{10, {{0, 4}}}, {20, {{0, 4}, {15, 6}}}, {30, {{0, 4}, {25, 9}}}};
  const auto points = LifetimeValue(all, Ages({0, 15, 20}), 2);
  ASSERT_TRUE(points.ok());
  EXPECT_NEAR(points.value()[0].value, 4, 1e-12);
  EXPECT_NEAR(points.value()[1].value, 4 + 6.0 / 2, 1e-12);
  EXPECT_NEAR(points.value()[2].value, 7, 1e-12);
  // Departures at 15: +3/2 of the second, -3/2 of the third, nothing of the first.
  EXPECT_NEAR(points.value()[1].standard_error, std::sqrt(2 * 1.5 * 1.5), 1e-12);
  EXPECT_EQ(points.value()[2].at_risk, 2);
}

TEST(Lifetime, DoesNotDependOnTheOrderOfCustomersOrEvents) {
  Random random(2);
  std::vector<CustomerHistory> all = Shop(random, 500, 60, 400, 50);
  const auto before = LifetimeValue(all, Ages({90}));
  std::reverse(all.begin(), all.end());
  for (CustomerHistory& customer : all) std::reverse(customer.events.begin(), customer.events.end());
  const auto after = LifetimeValue(all, Ages({90}));
  EXPECT_NEAR(before.value()[0].value, after.value()[0].value, 1e-9);
  EXPECT_NEAR(before.value()[0].standard_error, after.value()[0].standard_error, 1e-9);
}

TEST(Lifetime, RefundsMayTakeTheMeanDown) {
  std::vector<CustomerHistory> all(150, {100, {{0, 40}, {10, -15}}});
  const auto points = LifetimeValue(all, Ages({5, 50}));
  EXPECT_NEAR(points.value()[0].value, 40, 1e-9);
  EXPECT_NEAR(points.value()[1].value, 25, 1e-9);
  EXPECT_NEAR(points.value()[1].standard_error, 0, 1e-9);
}

TEST(Lifetime, RefusesWhatLiesBeyondWhatWasSeen) {
  Random random(3);
  const std::vector<CustomerHistory> all = Shop(random, 400, 60, 300, 50);
  const auto refused = LifetimeValue(all, Ages({365}));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kTooLittle);
  EXPECT_THAT(ToSentence(refused.error()), HasSubstr("only 0 customers were seen for 365 days, need 100"));
  const int greatest = GreatestAge(all);
  EXPECT_TRUE(LifetimeValue(all, Ages({static_cast<double>(greatest)})).ok());
  EXPECT_FALSE(LifetimeValue(all, Ages({greatest + 1.0})).ok());
  EXPECT_EQ(GreatestAge({}, 100), -1);
}

TEST(Lifetime, SaysWhenACostIsReachedAndWhenItIsNot) {
  const std::vector<CustomerHistory> all(150, {100, {{0, 40}, {30, 20}, {90, 20}}});
  EXPECT_EQ(AgeReaching(all, 40), 0);
  EXPECT_EQ(AgeReaching(all, 41), 30);
  EXPECT_EQ(AgeReaching(all, 80), 90);
  EXPECT_FALSE(AgeReaching(all, 81));
  EXPECT_FALSE(AgeReaching({}, 1));
}

TEST(Lifetime, RefusesHistoriesThatCannotBe) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (const CustomerHistory& wrong : {CustomerHistory{10, {{11, 1}}}, CustomerHistory{10, {{-1, 1}}},
                                       CustomerHistory{-1, {}}, CustomerHistory{10, {{1, none}}}}) {
    std::vector<CustomerHistory> all(150, {100, {{0, 40}}});
    all.push_back(wrong);
    EXPECT_EQ(LifetimeValue(all, Ages({5})).error().code, Code::kInput);
  }
}

TEST(Lifetime, TheIntervalHoldsTheTruthAboutAsOftenAsItSays) {
  // The truth from a shop in which everybody was seen for long enough.
  Random random(4);
  std::vector<CustomerHistory> whole = Shop(random, 200000, 60, 180, 50);
  for (CustomerHistory& customer : whole) {
    customer.seen = 180;
    customer.events.clear();
    for (double age = 0; age <= 180; age += 1 + std::floor(-60 * std::log(1 - random.Uniform())))
      customer.events.push_back({age, 50 * std::exp(0.8 * random.Normal() - 0.32)});
  }
  const double truth = LifetimeValue(whole, Ages({180})).value()[0].value;
  int held = 0;
  constexpr int kWorlds = 400;
  for (int i = 0; i < kWorlds; ++i) {
    const auto points = LifetimeValue(Shop(random, 400, 60, 360, 50), Ages({180}));
    ASSERT_TRUE(points.ok());
    const Interval interval = points.value()[0].interval;
    held += interval.low <= truth && truth <= interval.high;
  }
  EXPECT_GE(held, kWorlds * 92 / 100);
  EXPECT_LE(held, kWorlds * 98 / 100);
}

}  // namespace
}  // namespace backcast
