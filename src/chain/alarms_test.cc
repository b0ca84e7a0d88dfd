// SPDX-License-Identifier: Apache-2.0
#include "chain/alarms.h"

#include <gtest/gtest.h>

#include "chain/chain_worlds.h"

namespace backcast {
namespace {

Alarms Looked(const ShopWorld& world) { return LookForAlarms(world.chain, world.data, world.plan); }

int CountOf(const Alarms& found, std::string_view rule) {
  return static_cast<int>(std::count_if(found.alarms.begin(), found.alarms.end(),
                                        [&](const Alarm& alarm) { return alarm.rule == rule; }));
}

TEST(Fixation, AKpiThatIsPushedWithoutItsOutcomeIsAsked) {
  int gamed = 0, followed = 0, unlinked = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Alarms pushed = Looked(MakeLinks({.weeks = 140, .pushed = true}, seed));
    gamed += CountOf(pushed, "G01");
    for (const Alarm& alarm : pushed.alarms) {
      EXPECT_EQ(alarm.node, "k0");
      EXPECT_EQ(alarm.to, "o");
      EXPECT_EQ(alarm.place.line, 7) << "where the KPI stands in the plan";
      EXPECT_EQ(alarm.claim.key().substr(0, 14), "alarm.fixation");
    }
    followed += CountOf(Looked(MakeLinks({.weeks = 140, .follows = true}, seed)), "G01");
    unlinked += CountOf(Looked(MakeLinks({.weeks = 140, .slope = 0, .pushed = true}, seed)), "G01");
  }
  EXPECT_EQ(gamed, 3);
  EXPECT_EQ(followed, 0);
  EXPECT_EQ(unlinked, 0) << "a link that never was cannot come apart";
}

TEST(Fixation, EveryLinkThatWasLookedAtIsListedAndTooFewWeeksAreNot) {
  const Alarms found = Looked(MakeLinks({.weeks = 140, .pushed = true}));
  EXPECT_EQ(found.looks.size(), 3);
  for (const FixationLook& look : found.looks) {
    EXPECT_EQ(look.to, "o");
    EXPECT_NE(look.test.state, FixationTest::State::kTooShort);
  }
  EXPECT_TRUE(Looked(MakeLinks({.weeks = 70, .pushed = true})).looks.empty())
      << "a year and a half is needed";
}

constexpr const char* kGuarded = R"(backcast: 1
brand: {name: S, currency: EUR}
team: [{id: ana, function: social}]
outcomes: [{id: o, metric: speaking_invitations, ceo: Invitations., owner: ana}]
kpis:
- {id: k, outcome: o, metric: link_clicks, owner: ana, guard: opt_ins}
)";

/// A KPI and its guard by day, each times a step in the last eight weeks.
ShopWorld Guarded(double kpi, double guard, std::uint64_t seed = 1) {
  ShopWorld world;
  world.plan = ReadSoundly(kGuarded).plan;
  world.chain = BuildValueChain(world.plan, ShippedCatalogue());
  const Day first = DayOf("2025-01-06");
  constexpr int kDays = 7 * 60, kFrom = kDays - 56;
  world.data.period = {first + std::chrono::days{kDays - 28}, first + std::chrono::days{kDays}};
  world.data.compare = {first + std::chrono::days{kDays - 56}, first + std::chrono::days{kDays - 28}};
  Random random(seed);
  for (const auto& [id, step] : {std::pair("k", kpi), std::pair("k.opt_ins", guard)}) {
    DailySeries series{Combine::kSum, first, {}, {}};
    for (int day = 0; day < kDays; ++day)
      series.amount.push_back(random.Poisson(80 * (day < kFrom ? 1 : step)));
    PutNode(world, id, std::move(series));
  }
  return world;
}

TEST(Guards, OnlyAKpiThatRoseWhileItsGuardFellIsAsked) {
  const Alarms gamed = Looked(Guarded(1.5, 0.6));
  ASSERT_EQ(CountOf(gamed, "G02"), 1);
  EXPECT_EQ(gamed.alarms[0].node, "k");
  EXPECT_EQ(gamed.alarms[0].to, "k.opt_ins");
  ASSERT_EQ(gamed.alarms[0].claim.quantities().size(), 2);
  EXPECT_NEAR(gamed.alarms[0].claim.quantities()[0].value, 0.5, 0.1);
  EXPECT_NEAR(gamed.alarms[0].claim.quantities()[1].value, -0.4, 0.1);
  for (const auto& [kpi, guard] : {std::pair(1.5, 1.0), std::pair(1.5, 1.5), std::pair(0.6, 0.6),
                                   std::pair(1.0, 0.6), std::pair(1.0, 1.0), std::pair(0.6, 1.5)})
    EXPECT_EQ(CountOf(Looked(Guarded(kpi, guard)), "G02"), 0) << kpi << " " << guard;
}

TEST(Guards, WithoutAGuardOrWithoutItsNumbersNothingIsSaid) {
  ShopWorld world = Guarded(1.5, 0.6);
  world.data.nodes.erase("k.opt_ins");
  EXPECT_EQ(CountOf(Looked(world), "G02"), 0);
  world = Guarded(1.5, 0.6);
  world.data.nodes["k.opt_ins"].daily = {};
  EXPECT_EQ(CountOf(Looked(world), "G02"), 0);
}

TEST(Concentration, MoneyAndBonusThatHangOnOneMetric) {
  const auto found = [](const std::string& rest) {
    ShopWorld world;
    world.plan = ReadSoundly(
                     "backcast: 1\nbrand: {name: S, currency: EUR}\n"
                     "outcomes: [{id: o, metric: revenue_net, ceo: Money., owner: ana}]\n"
                     "kpis: [{id: a, outcome: o, metric: views}, {id: b, outcome: o, metric: saves}]\n" +
                     rest)
                     .plan;
    world.chain = BuildValueChain(world.plan, ShippedCatalogue());
    return Looked(world);
  };
  const Alarms money = found(
      "tactics: [{id: t, moves: [a], budget: {media: 900}}, {id: u, moves: [a, b], budget: {media: 200}}]\n");
  ASSERT_EQ(CountOf(money, "G03"), 1);
  EXPECT_EQ(money.alarms[0].node, "views");
  EXPECT_EQ(money.alarms[0].claim.key(), "alarm.money");
  EXPECT_NEAR(money.alarms[0].claim.quantities()[0].value, 1000.0 / 1100, 1e-12);
  EXPECT_EQ(CountOf(found("tactics: [{id: t, moves: [a, b], budget: {media: 900}}]\n"), "G03"), 0);
  EXPECT_EQ(CountOf(found("tactics: [{id: t, moves: [a]}]\n"), "G03"), 0) << "no money, no share of it";
  const Alarms bonus = found(
      "team: [{id: ana, bonus: [{metric: views, share: 0.9}, {metric: saves}]}, {id: ben, bonus: [{metric: "
      "views}]}]\n");
  ASSERT_EQ(CountOf(bonus, "G03"), 1);
  EXPECT_EQ(bonus.alarms[0].claim.key(), "alarm.bonus");
  EXPECT_NEAR(bonus.alarms[0].claim.quantities()[0].value, 1.9 / 2, 1e-12);
  EXPECT_EQ(
      CountOf(found("team: [{id: ana, bonus: [{metric: views}, {metric: saves}]}, {id: ben, bonus: [{metric: "
                    "saves, share: 0.5}, {metric: views, share: 0.5}]}]\n"),
              "G03"),
      0);
  EXPECT_EQ(CountOf(found("team: [{id: ana, bonus: [{metric: views}]}]\n"), "G03"), 0)
      << "one person is no pattern";
}

}  // namespace
}  // namespace backcast
