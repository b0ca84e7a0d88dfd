// SPDX-License-Identifier: Apache-2.0
#include "money/cost_verdict.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measure/random.h"

namespace backcast {
namespace {

ChannelCost Channel(const std::string& name, double cost, double count) {
  ChannelCost channel;
  channel.channel = channel.title = name;
  channel.cost.media = channel.cost.full = cost;
  channel.counts = {.all = 2 * count, .targeted = count, .untargeted = count, .unknown = 0};
  for (int week = 0; week < 26; ++week) channel.weekly.push_back(std::floor(count / 4) + (week % 2));
  return channel;
}

const CostQuestion kAgainstSearch{.headline = Headline::kTargeted, .period_weeks = 4, .against = "search"};

TEST(JudgeCosts, SaysWhatIsCheaper) {
  const auto rows =
      JudgeCosts({Channel("social", 4100, 100), Channel("search", 8190, 130), Channel("mail", 6100, 100)},
                 kAgainstSearch);
  EXPECT_EQ(rows[0].verdict, CostVerdict::kCheaper);
  EXPECT_EQ(rows[1].verdict, CostVerdict::kReference);
  EXPECT_EQ(rows[2].verdict, CostVerdict::kNoDifference);
  EXPECT_DOUBLE_EQ(*rows[0].full.value, 41);
  EXPECT_DOUBLE_EQ(*rows[0].all.value, 20.5);
  EXPECT_LT(rows[0].ratio->interval.high, 1);
  EXPECT_NEAR(*rows[2].needed, CountNeeded(1.5), 1);
}

TEST(JudgeCosts, CostPerTimesCountIsTheCost) {
  for (const JudgedCost& row :
       JudgeCosts({Channel("a", 123.45, 37), Channel("search", 88.8, 12)}, kAgainstSearch)) {
    EXPECT_NEAR(*row.full.value * static_cast<double>(row.full.n), *row.channel.cost.full, 1e-9);
    EXPECT_GT(row.full.n, 0);
    EXPECT_TRUE(std::isfinite(row.full.interval.high));
  }
}

TEST(JudgeCosts, IsSymmetric) {
  Random random(3);
  for (int i = 0; i < 200; ++i) {
    const std::vector<ChannelCost> both = {Channel("a", 500 + 5000 * random.Uniform(), random.Poisson(60)),
                                           Channel("b", 500 + 5000 * random.Uniform(), random.Poisson(60))};
    const JudgedCost a = JudgeCosts(both, {.period_weeks = 4, .against = "b"})[0],
                     b = JudgeCosts(both, {.period_weeks = 4, .against = "a"})[1];
    EXPECT_EQ(a.verdict == CostVerdict::kCheaper, b.verdict == CostVerdict::kDearer);
    EXPECT_EQ(a.verdict == CostVerdict::kDearer, b.verdict == CostVerdict::kCheaper);
    EXPECT_EQ(a.verdict == CostVerdict::kNoDifference, b.verdict == CostVerdict::kNoDifference);
    const auto others = JudgeCosts(both, {.period_weeks = 4, .against = ""});
    EXPECT_EQ(others[0].verdict, a.verdict) << "with two rows all others are the other one";
  }
}

TEST(JudgeCosts, NoCostIsNotCheaper) {
  ChannelCost direct = Channel("direct", 0, 400);
  direct.cost = {};
  auto rows = JudgeCosts({direct, Channel("search", 5000, 100)}, kAgainstSearch);
  EXPECT_EQ(rows[0].verdict, CostVerdict::kNoCost);
  EXPECT_FALSE(rows[0].full.value);
  EXPECT_EQ(rows[0].full.why_not, "no cost is booked");
  direct.cost.full = 0;
  EXPECT_EQ(JudgeCosts({direct, Channel("search", 5000, 100)}, kAgainstSearch)[0].verdict,
            CostVerdict::kNoCost);
}

TEST(JudgeCosts, KeepsTheGates) {
  const auto few =
      JudgeCosts({Channel("a", 900, 9), Channel("b", 900, 29), Channel("search", 5000, 100)}, kAgainstSearch);
  EXPECT_TRUE(few[0].full.too_few);
  EXPECT_FALSE(few[0].full.value);
  EXPECT_EQ(few[0].full.why_not, "have 9, need about 10");
  EXPECT_TRUE(few[1].full.value);
  EXPECT_EQ(few[1].verdict, CostVerdict::kTooLittle);
  EXPECT_EQ(few[1].have, 29);
  EXPECT_GE(*few[1].needed, 30);
  ChannelCost young = Channel("young", 900, 100);
  young.weekly.resize(7);
  const auto weeks = JudgeCosts({young, Channel("search", 5000, 100)}, kAgainstSearch);
  EXPECT_EQ(weeks[0].verdict, CostVerdict::kTooLittle);
  EXPECT_NE(weeks[0].because.find("weeks"), std::string::npos);
}

TEST(JudgeCosts, WhatCannotBeComparedSaysWhy) {
  ChannelCost credit = Channel("credit", -50, 100), mixed = Channel("mixed", 10, 100),
              silent = Channel("silent", 10, 100), nobody = Channel("", 700, 80);
  mixed.cost = {.withheld = "EUR and USD"};
  silent.counts.targeted = std::nullopt;
  const auto rows = JudgeCosts({credit, mixed, silent, nobody, Channel("search", 5000, 100)}, kAgainstSearch);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(rows[static_cast<std::size_t>(i)].verdict, CostVerdict::kNotCompared) << i;
    EXPECT_FALSE(rows[static_cast<std::size_t>(i)].full.value) << i;
    EXPECT_FALSE(rows[static_cast<std::size_t>(i)].because.empty()) << i;
  }
  EXPECT_EQ(rows[1].full.why_not, "EUR and USD");
  EXPECT_EQ(JudgeCosts({Channel("a", 10, 50)}, kAgainstSearch)[0].verdict, CostVerdict::kNotCompared);
}

TEST(JudgeCosts, NamesKindsOfCostThatOnlyOneHasBooked) {
  ChannelCost social = Channel("social", 4100, 100);
  social.cost.labour = 2000;
  social.cost.full = 6100;
  const auto rows = JudgeCosts({social, Channel("search", 8190, 130)}, kAgainstSearch);
  EXPECT_EQ(rows[0].kinds_apart, std::vector<std::string>{"labour"});
}

TEST(JudgeCosts, ComparesWithThePeriodBefore) {
  ChannelCost cheaper = Channel("a", 3000, 100), same = Channel("b", 3000, 100);
  cheaper.cost_before = 6000;
  same.cost_before = 3100;
  cheaper.count_before = same.count_before = 100;
  const auto rows = JudgeCosts({cheaper, same}, {.period_weeks = 4, .against = ""});
  EXPECT_TRUE(rows[0].change_shown);
  EXPECT_DOUBLE_EQ(rows[0].change->ratio, 0.5);
  EXPECT_FALSE(rows[1].change_shown);
}

TEST(SpreadShared, KeepsTheSum) {
  for (const CostSpread spread : {CostSpread::kNone, CostSpread::kEven, CostSpread::kSpend}) {
    ChannelCost direct = Channel("direct", 0, 50);
    direct.cost = {};
    std::vector<ChannelCost> rows = {Channel("a", 300, 5), Channel("b", 100, 5), direct, Channel("", 80, 0)};
    SpreadShared(rows, spread);
    double sum = 0;
    for (const ChannelCost& row : rows) sum += row.cost.full.value_or(0);
    EXPECT_NEAR(sum, 480, 1e-9);
    EXPECT_DOUBLE_EQ(*rows[3].cost.full, spread == CostSpread::kNone ? 80 : 0);
    if (spread == CostSpread::kSpend) {
      EXPECT_DOUBLE_EQ(*rows[0].cost.shared, 60);
      EXPECT_FALSE(rows[2].cost.full) << "what costs nothing takes nothing";
    }
    if (spread == CostSpread::kEven) {
      EXPECT_NEAR(*rows[2].cost.full, 80.0 / 3, 1e-9);
    }
  }
}

TEST(ReferenceOf, TakesTheFirstThatCostsAndCounts) {
  ChannelCost free = Channel("free", 0, 10);
  EXPECT_EQ(ReferenceOf({free, Channel("b", 5, 5)}, {"free", "gone", "b"}, Headline::kTargeted), "b");
  EXPECT_EQ(ReferenceOf({free}, {"free", ""}, Headline::kTargeted), "");
}

}  // namespace
}  // namespace backcast
