// SPDX-License-Identifier: Apache-2.0
#include "chain/backout.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "chain/chain_worlds.h"

namespace backcast {
namespace {

constexpr double kMonth = 365.25 / 12;
constexpr double kNow = 57653;  ///< EUR a month, as in the papers' table

/// The shop on days that are all alike, so that every number of the answer can be worked out by hand.
ShopWorld FlatShop(int days = 364, const std::string& plan = kShopPlan) {
  ShopWorld world;
  world.plan = ReadSoundly(plan).plan;
  world.chain = BuildValueChain(world.plan, ShippedCatalogue());
  const Day first = DayOf("2025-01-06"), end = first + std::chrono::days{days};
  world.data.last = end - std::chrono::days{1};
  world.data.period = {end - std::chrono::days{28}, end};
  world.data.compare = {end - std::chrono::days{56}, end - std::chrono::days{28}};
  world.data.currency = "EUR";
  const auto all = static_cast<std::size_t>(days);
  const double money = kNow / kMonth, orders = money / 60, carts = orders / 0.5, visits = carts / 0.08;
  const auto sum = [&](double value) {
    return DailySeries{Combine::kSum, first, std::vector<double>(all, value), {}};
  };
  const auto rate = [&](double part, double whole) {
    return DailySeries{Combine::kRate, first, std::vector<double>(all, part),
                       std::vector<double>(all, whole)};
  };
  PutNode(world, "k_visit", sum(visits));
  PutNode(world, "o.add_to_cart_rate", rate(carts, visits));
  PutNode(world, "o.cart_to_purchase_rate", rate(orders, carts));
  PutNode(world, "o.aov", rate(money, orders));
  PutNode(world, "o", sum(money));
  return world;
}

Day InAMonth(const ShopWorld& world) { return world.data.last + std::chrono::days{30}; }

Backout Backed(const ShopWorld& world, const BackoutRequest& request,
               const std::vector<LinkEvidence>& evidence = {}) {
  auto backed = BackOut(world.chain, world.data, evidence, world.plan, request);
  EXPECT_TRUE(backed.ok()) << ToSentence(backed.error());
  return backed.ok() ? std::move(backed).value() : Backout{};
}

Error Refused(const ShopWorld& world, const BackoutRequest& request) {
  const auto backed = BackOut(world.chain, world.data, {}, world.plan, request);
  EXPECT_FALSE(backed.ok());
  return backed.ok() ? Error{} : backed.error();
}

/// Backing out of one target: percent by which each factor has to rise, and what is missing.
struct TableLine {
  double target, visits, carts, purchases, price, missing;
};

TEST(Backing, TheTableOfThePapers) {
  const ShopWorld world = FlatShop();
  for (const TableLine& line :
       {TableLine{66000, 9, 3, 1, 1, 1}, TableLine{80000, 24, 8, 1, 2, 1},
        TableLine{120000, 50, 20, 5, 10, 1}, TableLine{160000, 50, 20, 10, 10, 1.27}}) {
    const Backout out = Backed(world, {"o", line.target, InAMonth(world), {}});
    ASSERT_EQ(out.nodes.size(), 4);
    EXPECT_NEAR(out.current, kNow, 1e-6);
    const double percent[] = {line.visits, line.carts, line.purchases, line.price};
    for (std::size_t i = 0; i < 4; ++i)
      EXPECT_NEAR(100 * out.nodes[i].change, percent[i], 0.51) << line.target << " " << out.nodes[i].id;
    EXPECT_NEAR(out.missing_factor, line.missing, 0.005) << line.target;
    EXPECT_NEAR(out.reached * out.missing_factor, line.target, 1e-6 * line.target);
    EXPECT_EQ(Says(out.claims, "backout.not_reached"), line.missing > 1) << Spoken(out.claims);
  }
}

TEST(Backing, ATimeOfMoreQuartersAllowsMoreUpToAYear) {
  const ShopWorld world = FlatShop();
  const auto missing = [&](int days) {
    return Backed(world, {"o", 160000, world.data.last + std::chrono::days{days}, {}}).missing_factor;
  };
  EXPECT_GT(missing(60), missing(150));
  EXPECT_EQ(missing(10), missing(80)) << "never less than one quarter";
  EXPECT_EQ(missing(500), 1) << "the caps of a year carry it";
  const auto at = [&](int days) {
    return Backed(world, {"o", 1e9, world.data.last + std::chrono::days{days}, {}}).reached;
  };
  EXPECT_NEAR(at(500), at(5000), 1e-6) << "and a decade allows no more than a year";
}

TEST(Backing, ALowerTargetIsSharedOutDownward) {
  const Backout out = Backed(FlatShop(), {"o", 40000, {}, {}});
  double product = 1;
  for (const BackoutNode& node : out.nodes) {
    EXPECT_LT(node.change, 0) << node.id;
    product *= 1 + node.change;
  }
  EXPECT_NEAR(product, 40000 / kNow, 1e-9);
  EXPECT_TRUE(Says(out.claims, "backout.past")) << Spoken(out.claims);
}

TEST(Backing, VolumeIsWhatHasToPassTheStage) {
  const Backout out = Backed(FlatShop(), {"o", 66000, {}, {}});
  double volume = 1;
  for (const BackoutNode& node : out.nodes) {
    volume *= node.needed;
    EXPECT_NEAR(*node.volume, volume, 1e-9 * volume) << node.id;
  }
  EXPECT_NEAR(*out.nodes.back().volume, 66000, 1e-3) << "the last stage is the outcome, where the rest is 1";
  EXPECT_NEAR(*out.nodes.back().volume_now, kNow, 1e-3);
}

TEST(Backing, WhatIsSetIsHeldAndTheOthersCarryTheRest) {
  const ShopWorld world = FlatShop();
  const Backout free = Backed(world, {"o", 66000, {}, {}});
  for (const char* name : {"k_visit", "targeted_sessions"}) {
    const double set = 1.02 * free.nodes[0].current;
    const Backout held = Backed(world, {"o", 66000, {}, {{name, set}}});
    EXPECT_TRUE(held.nodes[0].fixed) << name;
    EXPECT_NEAR(held.nodes[0].needed, set, 1e-9);
    EXPECT_FALSE(held.nodes[1].fixed);
    EXPECT_GT(held.nodes[1].change, free.nodes[1].change);
    EXPECT_NEAR(held.reached, 66000, 1e-6) << "the rest is carried by the others";
  }
}

TEST(Backing, ADayAndALagSayWhenTheFactorsHaveToStand) {
  const ShopWorld world = FlatShop();
  const Backout asked = Backed(world, {"o", 66000, DayOf("2026-06-30"), {}});
  for (const BackoutNode& node : asked.nodes) EXPECT_EQ(node.due, DayOf("2026-06-16")) << node.id;
  EXPECT_EQ(Backed(world, {"o", {}, {}, {}}).by, DayOf("2027-06-30")) << "the plan's own day";
  EXPECT_EQ(Backed(world, {"o", {}, {}, {}}).target, 30000) << "the plan's own target";
  const ShopWorld dayless = FlatShop(364, With(kShopPlan, "{value: 30000, by: 2027-06-30}", "30000"));
  for (const BackoutNode& node : Backed(dayless, {"o", 66000, {}, {}}).nodes)
    EXPECT_FALSE(node.due) << node.id;
}

TEST(Backing, TheUnitOfThePlanIsTheStretchThatIsCounted) {
  const ShopWorld weekly = FlatShop(364, With(kShopPlan, "EUR per month", "EUR per week"));
  EXPECT_NEAR(Backed(weekly, {"o", 20000, {}, {}}).current, kNow * 7 / kMonth, 1e-6);
  const ShopWorld silent = FlatShop(364, With(kShopPlan, "unit: EUR per month, ", ""));
  const Backout out = Backed(silent, {"o", 66000, {}, {}});
  EXPECT_NEAR(out.current, kNow, 1e-6);
  ASSERT_EQ(out.assumptions.size(), 2) << "that months are read is said";
  EXPECT_NE(out.assumptions[0].find("per month"), std::string::npos) << out.assumptions[0];
}

/// The flat shop with a year in its visits and, where `noise` is above zero, weeks of their own.
ShopWorld Turning(int days, double season, double noise) {
  ShopWorld world = FlatShop(days);
  Random random(5);
  double week = 0;
  for (int day = 0; day < days; ++day) {
    if (day % 7 == 0) week = noise * random.Normal();
    const double times = std::exp(season * std::sin(2 * std::numbers::pi * day / 365.25) + week);
    for (const char* id : {"k_visit", "o"})
      world.data.nodes[id].daily.amount[static_cast<std::size_t>(day)] *= times;
  }
  return world;
}

TEST(Backing, TheRangeIsThatOfOneMonthAndNotOfTheYear) {
  const auto width = [](const Backout& out) { return std::log(*out.high / *out.low); };
  const Backout still = Backed(Turning(728, 0, 0.1), {"o", 66000, {}, {}}),
                turning = Backed(Turning(728, 0.4, 0.1), {"o", 66000, {}, {}});
  EXPECT_NEAR(width(turning) / width(still), 1, 0.1);
  EXPECT_NEAR(width(still), 4 * 0.1 / std::sqrt(4.35), 0.08) << "about two standard errors on both sides";
  EXPECT_NE(turning.assumptions.back().find("season"), std::string::npos);
  EXPECT_EQ(turning.assumptions.back().find("cannot be told"), std::string::npos);
  const Backout young = Backed(Turning(196, 0.4, 0.1), {"o", 66000, {}, {}});
  EXPECT_NE(young.assumptions.back().find("28 weeks"), std::string::npos) << young.assumptions.back();
}

/// Visits of the flat shop, times `high` in the first `weeks` weeks.
ShopWorld Remembering(int weeks, double high) {
  ShopWorld world = FlatShop();
  DailySeries visits = world.data.nodes["k_visit"].daily;
  for (int day = 0; day < 7 * weeks; ++day) visits.amount[static_cast<std::size_t>(day)] *= high;
  PutNode(world, "k_visit", std::move(visits));
  return world;
}

TEST(Backing, WhatHappenedBeforeSaysWhatIsFeasible) {
  const auto feasible = [](const ShopWorld& world) {
    return Backed(world, {"o", 66000, InAMonth(world), {}}).nodes[0].feasible;
  };
  EXPECT_EQ(feasible(Remembering(26, 1.2)), Feasible::kYes);
  EXPECT_EQ(feasible(Remembering(6, 1.2)), Feasible::kStretch);
  EXPECT_EQ(feasible(Remembering(26, 1.05)), Feasible::kBeyondHistory) << "a tenth more was never there";
  EXPECT_EQ(feasible(FlatShop()), Feasible::kBeyondHistory);
  ShopWorld young = FlatShop(60);
  for (std::size_t day = 0; day < 40; ++day) {
    young.data.nodes["o.aov"].daily.base[day] = young.data.nodes["o.aov"].daily.amount[day] = 0;
  }
  EXPECT_EQ(Backed(young, {"o", 66000, {}, {}}).nodes[3].feasible, Feasible::kUnknown)
      << "three stretches of four weeks have a value";
}

LinkEvidence Lead(const std::string& to, double elasticity, double half, const std::string& grade) {
  LinkEvidence link;
  link.from = "k_views";
  link.to = to;
  link.grade = grade;
  link.test = LinkTest{};
  link.test->n = 104;
  link.test->lag = 3;
  link.test->elasticity = elasticity;
  link.test->elasticity_low = elasticity - half;
  link.test->elasticity_high = elasticity + half;
  return link;
}

TEST(Backing, ALeadGetsItsPartThroughTheElasticityThatWasMeasured) {
  ShopWorld world = FlatShop();
  PutNode(world, "k_views", {Combine::kSum, DayOf("2025-01-06"), std::vector<double>(364, 5000), {}});
  const BackoutRequest request{"o", 66000, DayOf("2026-06-30"), {}};
  const Backout through = Backed(world, request, {Lead("k_visit", 0.5, 0.1, "predictive")});
  ASSERT_EQ(through.nodes.size(), 5);
  const BackoutNode& lead = through.nodes.back();
  const double wanted = std::log1p(through.nodes[0].change);
  EXPECT_NEAR(lead.needed / lead.current, std::exp(wanted / 0.5), 1e-9);
  EXPECT_NEAR(*lead.low / lead.current, std::exp(wanted / 0.6), 1e-9);
  EXPECT_NEAR(*lead.high / lead.current, std::exp(wanted / 0.4), 1e-9);
  EXPECT_EQ(lead.due, DayOf("2026-05-26")) << "two weeks of the outcome and three of the link";
  EXPECT_NE(lead.because.find("predictive, n = 104 weeks"), std::string::npos) << lead.because;
  const Backout whole = Backed(world, request, {Lead("o", 0.5, 0.1, "correlated")});
  ASSERT_EQ(whole.nodes.size(), 5);
  EXPECT_NEAR(whole.nodes.back().needed / whole.nodes.back().current, std::pow(66000 / kNow, 2), 1e-9);
  EXPECT_NE(whole.nodes.back().because.find("alone"), std::string::npos) << whole.nodes.back().because;
}

TEST(Backing, ALeadThatIsNotShownOrNotKnownWellGetsNoTarget) {
  ShopWorld world = FlatShop();
  PutNode(world, "k_views", {Combine::kSum, DayOf("2025-01-06"), std::vector<double>(364, 5000), {}});
  const BackoutRequest request{"o", 66000, {}, {}};
  for (const char* grade : {"none_found", "against_plan", "too_little_data", "broken", "asserted"})
    EXPECT_EQ(Backed(world, request, {Lead("k_visit", 0.5, 0.1, grade)}).nodes.size(), 4) << grade;
  const Backout vague = Backed(world, request, {Lead("k_visit", 0.5, 0.6, "predictive")});
  EXPECT_EQ(vague.nodes.size(), 4);
  ASSERT_EQ(vague.assumptions.size(), 2);
  EXPECT_NE(vague.assumptions[1].find("not known well enough"), std::string::npos) << vague.assumptions[1];
}

TEST(Backing, AFactorOfNobodyIsACondition) {
  const Backout out = Backed(FlatShop(364, With(kShopPlan, "function: site, influences: [site, catalogue]",
                                                "function: business_unit, influences: [strategy]")),
                             {"o", 66000, {}, {}});
  EXPECT_TRUE(out.nodes[1].owner.empty());
  EXPECT_NE(out.nodes[1].because.find("condition"), std::string::npos) << out.nodes[1].because;
  EXPECT_EQ(out.nodes[0].because.find("condition"), std::string::npos) << out.nodes[0].because;
}

TEST(Backing, WhatIsRefusedSaysWhatIsMissing) {
  const ShopWorld world = FlatShop();
  EXPECT_EQ(Refused(world, {"no_outcome", 66000, {}, {}}).code, Code::kUsage);
  for (const double target : {0.0, -5.0, std::nan(""), static_cast<double>(INFINITY)})
    EXPECT_EQ(Refused(world, {"o", target, {}, {}}).code, Code::kUsage) << target;
  EXPECT_EQ(Refused(world, {"o", 66000, {}, {{"k_views", 5}}}).code, Code::kUsage)
      << "a KPI that is no factor";
  EXPECT_EQ(Refused(world, {"o", 66000, {}, {{"k_visit", 0}}}).code, Code::kUsage);
  const Error aimless = Refused(
      FlatShop(364, With(kShopPlan, "target: {value: 30000, by: 2027-06-30}, ", "")), {"o", {}, {}, {}});
  EXPECT_EQ(aimless.code, Code::kInput);
  EXPECT_NE(aimless.where.find("plan.yaml:"), std::string::npos) << aimless.where;
  const Error short_history = Refused(FlatShop(50), {"o", 66000, {}, {}});
  EXPECT_EQ(short_history.code, Code::kTooLittle);
  EXPECT_NE(short_history.hint.find("50 days"), std::string::npos) << short_history.hint;
  ShopWorld blind = FlatShop();
  blind.data.nodes["o.aov"].daily = {};
  blind.data.nodes["o.aov"].missing = "no export fills order yet";
  EXPECT_NE(Refused(blind, {"o", 66000, {}, {}}).hint.find("no export fills order"), std::string::npos);
}

TEST(Backing, AFactorThatStandsAtNoughtIsSaidAndNothingIsShared) {
  for (const char* id : {"k_visit", "o.add_to_cart_rate", "o"}) {
    ShopWorld world = FlatShop();
    std::vector<double>& days = world.data.nodes[id].daily.amount;
    std::fill(days.end() - 200, days.end(), 0);
    const Error error = Refused(world, {"o", 66000, {}, {}});
    EXPECT_EQ(error.code, Code::kTooLittle) << id;
    EXPECT_NE(error.hint.find(id), std::string::npos) << error.hint;
  }
}

}  // namespace
}  // namespace backcast
