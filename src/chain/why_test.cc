// SPDX-License-Identifier: Apache-2.0
#include "chain/why.h"

#include <gtest/gtest.h>

#include <cmath>

#include "chain/chain_worlds.h"
#include "measure/stages.h"

namespace backcast {
namespace {

/// Asks, and holds every answer to what must hold for all of them.
Why Asked(const ShopWorld& world, WhyQuestion question = {"o", "", {}, {}}) {
  const auto answer = ExplainChange(world.chain, world.data, world.plan, question);
  EXPECT_TRUE(answer.ok()) << ToSentence(answer.error());
  if (!answer.ok()) return {};
  Why why = answer.value();
  double sum = 0;
  for (const WhyPart& part : why.parts) {
    sum += part.contribution;
    if (part.controllable == Controllable::kOutside) {
      EXPECT_TRUE(part.owner.empty()) << part.node;
    }
    EXPECT_EQ(part.controllable == Controllable::kNoise, !part.significant) << part.node;
  }
  if (!why.parts.empty()) {
    EXPECT_NEAR(sum, why.change, 1e-9 * (1 + std::abs(why.now) + std::abs(why.before))) << "the parts add up";
  }
  if (why.weakest) {
    const WhyPart& weakest = why.parts[*why.weakest];
    EXPECT_EQ(why.state, Why::State::kAnswered);
    EXPECT_TRUE(weakest.significant);
    EXPECT_LT(weakest.contribution, 0) << "the weakest hurts";
    EXPECT_FALSE(weakest.owner.empty());
    EXPECT_TRUE(Says(why.claims, "why.weakest")) << Spoken(why.claims);
  }
  return why;
}

const WhyPart* PartOf(const Why& why, std::string_view metric) {
  for (const WhyPart& part : why.parts) {
    if (part.metric == metric) return &part;
  }
  return nullptr;
}

/// The order value times `step` in the period.
ShopWorld Cheaper(double step, std::uint64_t seed = 1) {
  ShopWorld world = MakeShop({}, seed);
  DailySeries price = world.data.nodes["o.aov"].daily, money = world.data.nodes["o"].daily;
  for (std::size_t day = price.amount.size() - 28; day < price.amount.size(); ++day) {
    price.amount[day] *= step;
    money.amount[day] *= step;
  }
  PutNode(world, "o.aov", std::move(price));
  PutNode(world, "o", std::move(money));
  return world;
}

TEST(Causes, ABrokenCartOrPriceIsItsOwners) {
  const Why cart = Asked(MakeShop({.cart = 0.5}));
  ASSERT_TRUE(cart.weakest);
  EXPECT_EQ(cart.parts[*cart.weakest].metric, "add_to_cart_rate");
  EXPECT_EQ(cart.parts[*cart.weakest].controllable, Controllable::kOtherOwner);
  EXPECT_NEAR(cart.parts[*cart.weakest].change, -0.5, 0.1);
  const Why price = Asked(Cheaper(0.6));
  ASSERT_TRUE(price.weakest);
  EXPECT_EQ(price.parts[*price.weakest].metric, "aov");
  EXPECT_NEAR(price.parts[*price.weakest].change, -0.4, 1e-9);
}

TEST(Causes, WhoseTurnItIsDependsOnWhoAsks) {
  const ShopWorld world = MakeShop({.buy = 0.5});
  const Why social = Asked(world), shop = Asked(world, {"o", "sam", {}, {}});
  EXPECT_EQ(social.owner, "ana");
  EXPECT_EQ(PartOf(social, "cart_to_purchase_rate")->controllable, Controllable::kOtherOwner);
  EXPECT_EQ(PartOf(shop, "cart_to_purchase_rate")->controllable, Controllable::kOwner);
  EXPECT_EQ(social.parts[*social.weakest].contribution, shop.parts[*shop.weakest].contribution)
      << "the numbers do not depend on it";
}

TEST(Causes, WhatIsTheWorldsOwnStandsApartFromTheTeamsPart) {
  const Why why = Asked(MakeShop({.visits = 0.6, .everywhere = 0.6}));
  double team = 0, outside = 0;
  for (const WhyPart& part : why.parts) {
    if (part.node != "k_visit") continue;
    (part.controllable == Controllable::kOutside ? outside : team) += part.contribution;
  }
  EXPECT_LT(team, 0);
  EXPECT_LT(outside, 0);
  EXPECT_NEAR(team / outside, 1, 0.35) << "both halves are as large";
  EXPECT_TRUE(Says(why.claims, "why.outside")) << Spoken(why.claims);
}

/// Visits that remember, so that it matters how far apart the two periods lie.
TEST(Causes, LastYearIsNoNeighbour) {
  ShopWorld world = MakeShop({.weeks = 80});
  Random random(3);
  DailySeries visits = world.data.nodes["k_visit"].daily;
  double level = 0;
  for (std::size_t day = 0; day < visits.amount.size(); ++day) {
    if (day % 7 == 0) level = 0.7 * level + 0.15 * random.Normal();
    visits.amount[day] = std::round(visits.amount[day] * std::exp(level));
  }
  world.data.compare = {world.data.period.from - std::chrono::days{364},
                        world.data.period.to - std::chrono::days{364}};
  for (const char* id : {"o", "o.add_to_cart_rate", "o.cart_to_purchase_rate", "o.aov"})
    PutNode(world, id, world.data.nodes[id].daily);
  PutNode(world, "k_visit", visits);
  const Why why = Asked(world);
  std::vector<double> weeks = WeeksBefore(visits, world.data.period.from, 104);
  for (double& week : weeks) week = std::log(week);
  const NodeData& data = world.data.nodes["k_visit"];
  StageHistory history;
  history.weekly = weeks;
  history.now = history.now_n = *data.now;
  history.before = history.before_n = *data.before;
  const auto low = [&](int between) {
    history.weeks_between = between;
    const StageFinding finding = DiagnoseStages({&history, 1}).stages[0];
    return std::expm1(finding.log_change - finding.critical * finding.standard_error);
  };
  ASSERT_TRUE(PartOf(why, "targeted_sessions")->low);
  EXPECT_NEAR(*PartOf(why, "targeted_sessions")->low, low(48), 1e-12);
  EXPECT_GT(low(0), low(48) + 0.005) << "neighbours are more alike";
}

TEST(Causes, AGrowthHasNoWeakestStage) {
  const Why why = Asked(MakeShop({.visits = 1.6}));
  EXPECT_FALSE(why.weakest);
  EXPECT_GT(PartOf(why, "targeted_sessions")->contribution, 0);
  EXPECT_TRUE(Says(why.claims, "why.change.up")) << Spoken(why.claims);
}

TEST(Causes, WhereNothingMovedThatIsTheFirstSentence) {
  const Why why = Asked(MakeShop({}, 4));
  EXPECT_FALSE(why.weakest);
  ASSERT_FALSE(why.claims.empty());
  EXPECT_EQ(why.claims[0].key(), "why.no_stage") << Spoken(why.claims);
}

TEST(Causes, TheSocialTeamsOwnPartIsNotSaidToBeAnothers) {
  const Why why = Asked(MakeShop({.visits = 0.5}));
  ASSERT_TRUE(why.weakest);
  EXPECT_FALSE(Says(why.claims, "why.not_social")) << Spoken(why.claims);
  EXPECT_EQ(why.claims[0].key(), "why.weakest") << Spoken(why.claims);
}

TEST(Causes, WhereAFactorIsNoughtTheyAreSharesOfShapley) {
  ShopWorld world = MakeShop({});
  for (const char* id : {"o.add_to_cart_rate", "o"}) world.data.nodes[id].now = 0;
  const Why why = Asked(world);
  EXPECT_FALSE(why.exact_logs);
  EXPECT_EQ(why.now, 0);
  EXPECT_NEAR(PartOf(why, "add_to_cart_rate")->contribution, why.change, 0.25 * std::abs(why.change))
      << "most of the fall is the stage that is gone";
  for (const WhyPart& part : why.parts) {
    if (part.metric.empty()) {
      EXPECT_NEAR(part.contribution, 0, 1e-6) << "nothing is known of the rest of nought";
    }
  }
}

/// Late orders: money came in although nobody is seen to have come.
TEST(Causes, AnOutcomeThatOutlivesAFactorIsNoProductOfItAndThatIsSaid) {
  for (const bool now : {true, false}) {
    ShopWorld world = MakeShop({});
    (now ? world.data.nodes["k_visit"].now : world.data.nodes["k_visit"].before) = 0;
    const Why why = Asked(world);
    EXPECT_EQ(why.state, Why::State::kDataBroken);
    EXPECT_TRUE(why.parts.empty());
    ASSERT_EQ(why.doubts.size(), 1);
    EXPECT_EQ(why.doubts[0].node, "k_visit");
    EXPECT_NE(why.doubts[0].sentence.find(ToIso(now ? world.data.period.from : world.data.compare.from)),
              std::string::npos)
        << why.doubts[0].sentence;
    EXPECT_FALSE(why.title.empty());
  }
}

TEST(Causes, AFactorWithoutANumberFallsToTheRestAndTheRestStillAddsUp) {
  ShopWorld world = MakeShop({.buy = 0.5});
  world.data.nodes["o.cart_to_purchase_rate"].now.reset();
  const Why why = Asked(world);
  EXPECT_EQ(PartOf(why, "cart_to_purchase_rate"), nullptr);
  EXPECT_FALSE(why.weakest) << "the rest belongs to nobody";
  world.data.nodes["o"].now.reset();
  const Why nothing = Asked(world);
  EXPECT_EQ(nothing.state, Why::State::kTooLittleData);
  EXPECT_TRUE(nothing.parts.empty());
  EXPECT_NE(nothing.needs.find("outcome"), std::string::npos) << nothing.needs;
}

TEST(Causes, ARestBehindWhichFourOrdersStandIsChance) {
  ShopWorld world = MakeShop({.buy = 0.5});
  world.data.nodes["o.cart_to_purchase_rate"].now.reset();
  const auto rest = [](const Why& why) { return *PartOf(why, ""); };
  const WhyPart many = rest(Asked(world));
  EXPECT_TRUE(many.significant) << "hundreds of orders";
  world.data.nodes["o.aov"].now_n = world.data.nodes["o.aov"].before_n = 4;
  const WhyPart few = rest(Asked(world));
  EXPECT_FALSE(few.significant);
  EXPECT_EQ(few.contribution, many.contribution);
}

TEST(Causes, AnOutcomeWithoutFactorsIsNotTakenApart) {
  ShopWorld world = MakeLinks({});
  const Why why = Asked(world);
  EXPECT_EQ(why.state, Why::State::kTooLittleData);
  EXPECT_NE(why.needs.find("driver tree"), std::string::npos) << why.needs;
  EXPECT_EQ(why.outcome, "o") << "what is refused still says what was asked";
  EXPECT_TRUE(Says(why.claims, "why.change")) << Spoken(why.claims);
}

TEST(Causes, ADoubtThatIsNotFatalIsSaidAndOneOfAnotherOutcomeIsNot) {
  ShopWorld world = MakeShop({.buy = 0.5});
  world.data.doubts = {{"o.aov", "Prices are late", false}, {"elsewhere", "Somebody else's gap", true}};
  const Why why = Asked(world);
  EXPECT_EQ(why.state, Why::State::kAnswered);
  ASSERT_EQ(why.doubts.size(), 1);
  EXPECT_EQ(why.doubts[0].node, "o.aov");
  EXPECT_TRUE(why.weakest);
}

MixTable Devices(double mobile_before, double mobile_now, double rate) {
  // Phones put half as much into the cart; each device does what it did, times `rate`.
  return {"o.add_to_cart_rate",
          "device",
          {{"mobile", mobile_before, 0.06, mobile_now, 0.06 * rate},
           {"desktop", 1 - mobile_before, 0.12, 1 - mobile_now, 0.12 * rate}}};
}

TEST(Causes, ARateThatFellBecauseOthersCameIsSaidToBeMix) {
  const ShopWorld world = MakeShop({.cart = 0.75});
  const Why mixed = Asked(world, {"o", "", {Devices(0.3, 0.9, 1)}, {}});
  ASSERT_EQ(mixed.mixes.size(), 1);
  EXPECT_NEAR(mixed.mixes[0].mix, -0.036, 1e-12);
  EXPECT_NEAR(mixed.mixes[0].rate, 0, 1e-12);
  EXPECT_EQ(mixed.mixes[0].group, "mobile");
  EXPECT_TRUE(Says(mixed.claims, "why.mix.down")) << Spoken(mixed.claims);
  const Why less = Asked(world, {"o", "", {Devices(0.5, 0.55, 0.75)}, {}});
  EXPECT_LT(less.mixes[0].rate, 4 * less.mixes[0].mix);
  EXPECT_FALSE(Says(less.claims, "why.mix")) << "the same people came and did less: " << Spoken(less.claims);
  EXPECT_FALSE(Says(Asked(MakeShop({}, 4), {"o", "", {Devices(0.3, 0.9, 1)}, {}}).claims, "why.mix"))
      << "a stage that did not move has no mix to tell";
}

TEST(Causes, LeadsThatNobodyPickedUpAreCounted) {
  const ShopWorld world = MakeShop({.buy = 0.5});
  const Why why = Asked(world, {"o", "", {}, Pickup{80, 33, "sam"}});
  ASSERT_TRUE(Says(why.claims, "why.pickup")) << Spoken(why.claims);
  const std::string& text = why.claims.back().text();
  EXPECT_TRUE(text.starts_with("33 of 80 leads")) << text;
  EXPECT_NE(text.find("Shop owner"), std::string::npos) << text;
  EXPECT_FALSE(Says(Asked(world, {"o", "", {}, Pickup{0, 0, "sam"}}).claims, "why.pickup"));
}

TEST(Causes, WhatIsRefused) {
  ShopWorld world = MakeShop({});
  const auto unknown = ExplainChange(world.chain, world.data, world.plan, {"no", "", {}, {}});
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().code, Code::kUsage);
  world.data.compare = {};
  const auto alone = ExplainChange(world.chain, world.data, world.plan, {"o", "", {}, {}});
  ASSERT_FALSE(alone.ok());
  EXPECT_EQ(alone.error().code, Code::kUsage);
  EXPECT_NE(alone.error().hint.find("--compare"), std::string::npos) << alone.error().hint;
}

}  // namespace
}  // namespace backcast
