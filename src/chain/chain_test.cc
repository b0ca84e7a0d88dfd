// SPDX-License-Identifier: Apache-2.0
// The room's doors over one small shop: graph, evidence, back-out, causes, alarms, changes, advice.
#include <gtest/gtest.h>

#include "chain/advice.h"
#include "chain/alarms.h"
#include "chain/backout.h"
#include "chain/chain_worlds.h"
#include "chain/changes.h"
#include "chain/evidence.h"
#include "chain/why.h"

namespace backcast {
namespace {

Why WhyOf(const ShopWorld& world) {
  auto why = ExplainChange(world.chain, world.data, world.plan, {"o", "", {}, {}});
  EXPECT_TRUE(why.ok()) << ToSentence(why.error());
  double sum = 0;
  for (const WhyPart& part : why.value().parts) sum += part.contribution;
  if (!why.value().parts.empty()) {
    EXPECT_NEAR(sum, why.value().change, 1e-6 * (1 + std::abs(why.value().now)));
  }
  return why.value();
}

TEST(BuildValueChain, FactorsKpisAndTacticsStandWhereTheyBelong) {
  const ShopWorld world = MakeShop({});
  const auto factors = world.chain.Factors("o");
  ASSERT_EQ(factors.size(), 4);
  EXPECT_EQ(factors[0]->id, "k_visit");
  EXPECT_TRUE(factors[0]->in_plan);
  EXPECT_EQ(factors[1]->id, "o.add_to_cart_rate");
  EXPECT_EQ(factors[1]->owner, "sam") << "who usually moves it";
  EXPECT_EQ(factors[3]->owner, "sam");
  EXPECT_NE(world.chain.Find("o.other"), nullptr);
  EXPECT_EQ(world.chain.Find("k_views")->role, NodeRole::kKpi);
  EXPECT_EQ(Upstream(world.chain, "k_visit").back(), "t");
  EXPECT_EQ(FindOutcomeNode(world.chain, "k_visit").ok(), false);
  EXPECT_EQ(FindOutcomeNode(world.chain, "revenue_net").value()->id, "o");
}

TEST(BuildValueChain, AnOutcomeThatCountsHasNoPriceAmongItsFactors) {
  const Plan plan = ReadSoundly("backcast: 1\noutcomes: [{id: o, metric: orders}]\n").plan;
  const ValueChain chain = BuildValueChain(plan, ShippedCatalogue());
  EXPECT_EQ(chain.Factors("o").size(), 3);
  EXPECT_FALSE(chain.assumptions.empty()) << "the tree was taken, and that is said";
  for (const ChainNode* factor : chain.Factors("o"))
    EXPECT_EQ(factor->control, 0.05) << "nobody is in the plan";
}

TEST(BuildValueChain, AFactorThatNoExportGivesIsLeftOutAndSaid) {
  const Plan plan =
      ReadSoundly("backcast: 1\noutcomes: [{id: o, metric: revenue_won, tree: b2b_revenue}]\n").plan;
  const ValueChain chain = BuildValueChain(plan, ShippedCatalogue());
  for (const ChainNode* factor : chain.Factors("o")) EXPECT_NE(factor->metric, "sql_to_won_rate");
  ASSERT_EQ(chain.assumptions.size(), 1);
  EXPECT_NE(chain.assumptions[0].find("sql_to_won_rate"), std::string::npos);
}

TEST(ExplainChange, EachCauseIsFoundAndNothingIsNamedForNothing) {
  int right = 0, named = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Why checkout = WhyOf(MakeShop({.buy = 0.6}, seed));
    right += checkout.weakest && checkout.parts[*checkout.weakest].metric == "cart_to_purchase_rate" &&
             checkout.parts[*checkout.weakest].owner == "sam";
    const Why visits = WhyOf(MakeShop({.visits = 0.6}, seed));
    right += visits.weakest && visits.parts[*visits.weakest].node == "k_visit" &&
             visits.parts[*visits.weakest].controllable == Controllable::kOwner;
    const Why outside = WhyOf(MakeShop({.everywhere = 0.6}, seed));
    right += !outside.weakest && outside.parts[0].controllable == Controllable::kOutside;
    named += WhyOf(MakeShop({}, seed)).weakest.has_value();
  }
  EXPECT_GE(right, 29);
  EXPECT_LE(named, 1);
}

TEST(ExplainChange, SaysFirstThatItIsNotTheSocialTeam) {
  const Why why = WhyOf(MakeShop({.buy = 0.5}));
  ASSERT_FALSE(why.claims.empty());
  EXPECT_EQ(why.claims[0].key(), "why.not_social");
  EXPECT_NE(why.claims[0].text().find("Shop owner"), std::string::npos);
}

TEST(ExplainChange, BrokenDataAndTooFewWeeksNameNobody) {
  const Why gap = WhyOf(MakeShop({.gap = true}));
  EXPECT_EQ(gap.state, Why::State::kDataBroken);
  EXPECT_TRUE(gap.parts.empty());
  const Why young = WhyOf(MakeShop({.visits = 0.3, .weeks = 9}));
  EXPECT_EQ(young.state, Why::State::kTooLittleData);
  EXPECT_FALSE(young.weakest);
  EXPECT_FALSE(young.needs.empty());
  ShopWorld alone = MakeShop({});
  alone.data.compare = {};
  EXPECT_FALSE(ExplainChange(alone.chain, alone.data, alone.plan, {"o", "", {}, {}}).ok());
}

TEST(WeighLinks, ALeadIsShownArithmeticClosesAndAnExperimentRaisesTheGrade) {
  const ShopWorld world = MakeShop({.weeks = 110, .views_lead = 0.8});
  const auto evidence = WeighLinks(world.chain, world.data, {});
  const auto of = [](const std::vector<LinkEvidence>& all, const std::string& from) {
    return *std::find_if(all.begin(), all.end(), [&](const LinkEvidence& link) { return link.from == from; });
  };
  const LinkEvidence views = of(evidence, "k_views");
  EXPECT_EQ(views.grade, "predictive") << views.test->p << " " << views.test->r;
  EXPECT_EQ(views.test->lag, 2);
  EXPECT_NE(views.claims.back().text().find("2 weeks later"), std::string::npos)
      << views.claims.back().text();
  EXPECT_EQ(of(evidence, "k_visit").grade, "component");
  EXPECT_NEAR(of(evidence, "k_visit").closure->now, 1, 1e-9);
  EXPECT_EQ(of(evidence, "t").grade, "asserted");
  Experiment experiment;
  experiment.from = "k_views";
  experiment.to = "o";
  experiment.effect = 0.1;
  experiment.low = 0.02;
  experiment.high = 0.18;
  EXPECT_EQ(of(WeighLinks(world.chain, world.data, {experiment}), "k_views").grade, "experimental");
  experiment.effect = -0.1;
  experiment.low = -0.18;
  experiment.high = -0.02;
  EXPECT_EQ(of(WeighLinks(world.chain, world.data, {experiment}), "k_views").grade, "against_plan");
  const ShopWorld nothing = MakeShop({.weeks = 110});
  EXPECT_EQ(of(WeighLinks(nothing.chain, nothing.data, {}), "k_views").grade, "none_found");
  const ShopWorld young = MakeShop({.weeks = 20});
  EXPECT_EQ(of(WeighLinks(young.chain, young.data, {}), "k_views").grade, "too_little_data");
}

TEST(BackOut, TheProductReachesTheTargetAndTheRestIsSaid) {
  const ShopWorld world = MakeShop({});
  BackoutRequest request{"o", 25000, DayOf("2026-12-31"), {}};
  const auto backed = BackOut(world.chain, world.data, {}, world.plan, request);
  ASSERT_TRUE(backed.ok()) << ToSentence(backed.error());
  double needed = 1, now = 1;
  for (const BackoutNode& node : backed.value().nodes) {
    needed *= node.needed;
    now *= node.current;
    EXPECT_EQ(node.due, DayOf("2026-12-17")) << "two weeks of lag";
  }
  EXPECT_NEAR(needed / now, 25000 / backed.value().current, 1e-9);
  EXPECT_LT(*backed.value().low, 25000);
  EXPECT_GT(*backed.value().high, 25000);
  request.fixed["targeted_sessions"] = backed.value().nodes[0].current;
  const auto fixed = BackOut(world.chain, world.data, {}, world.plan, request);
  ASSERT_TRUE(fixed.ok());
  EXPECT_NEAR(fixed.value().nodes[0].change, 0, 1e-12);
  EXPECT_GT(fixed.value().nodes[1].change, backed.value().nodes[1].change);
  request.target = 1e6;
  const auto beyond = BackOut(world.chain, world.data, {}, world.plan, request);
  EXPECT_GT(beyond.value().missing_factor, 1);
  EXPECT_EQ(beyond.value().nodes[1].feasible, Feasible::kBeyondHistory);
  ShopWorld blind = MakeShop({});
  blind.data.nodes.erase("o.aov");
  const auto missing = BackOut(blind.chain, blind.data, {}, blind.plan, {"o", 25000, {}, {}});
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, Code::kTooLittle);
  EXPECT_NE(missing.error().hint.find("o.aov"), std::string::npos);
}

TEST(LookForAlarms, EverythingOnOneMetric) {
  std::string yaml = kShopPlan;
  for (int i = 0; i < 5; ++i)
    yaml.insert(yaml.find("tactics:"),
                "- {id: v" + std::to_string(i) + ", outcome: o, metric: views, target: 5, owner: ana}\n");
  const ShopWorld world = MakeShop({}, 1, yaml);
  const Alarms found = LookForAlarms(world.chain, world.data, world.plan);
  ASSERT_EQ(found.alarms.size(), 1);
  EXPECT_EQ(found.alarms[0].rule, "G03");
  EXPECT_NE(found.alarms[0].claim.text().find("views"), std::string::npos);
  EXPECT_TRUE(LookForAlarms(MakeShop({}).chain, MakeShop({}).data, MakeShop({}).plan).alarms.empty());
}

TEST(TestChanges, WorkedNotShownTooYoungAndOverlapping) {
  const ShopWorld world = MakeShop({.cart = 1.5, .weeks = 60});
  const auto question = [&](const std::string& id, Day on, int direction) {
    ChangeQuestion asked;
    asked.change.id = asked.change.title = id;
    asked.change.on = on;
    asked.change.metric = "add_to_cart_rate";
    asked.change.direction = direction;
    asked.title = "Add-to-cart rate";
    asked.metric = world.data.nodes.at("o.add_to_cart_rate").daily;
    return asked;
  };
  const Day start = world.data.period.from;
  const auto answers = TestChanges({question("pages", start, 1)});
  EXPECT_EQ(answers[0].expected.test.verdict, BeforeAfter::Verdict::kChanged) << answers[0].expected.because;
  EXPECT_NEAR(answers[0].expected.effect, 0.5, 0.2);
  ASSERT_EQ(answers[0].claims.size(), 1);
  EXPECT_EQ(TestChanges({question("wrong", start, -1)})[0].expected.test.verdict,
            BeforeAfter::Verdict::kChangedAgainst);
  EXPECT_EQ(
      TestChanges({question("nothing", start - std::chrono::days{100}, 1), question("pages", start, 1)})[0]
          .expected.test.verdict,
      BeforeAfter::Verdict::kNoChangeShown);
  EXPECT_EQ(TestChanges({question("young", start + std::chrono::days{20}, 1)})[0].expected.test.verdict,
            BeforeAfter::Verdict::kCannotTell);
  const auto both =
      TestChanges({question("one", start, 1), question("two", start + std::chrono::days{7}, 1)});
  EXPECT_EQ(both[0].expected.test.verdict, BeforeAfter::Verdict::kCannotTell);
  EXPECT_NE(both[0].expected.because.find("two"), std::string::npos);
}

TEST(Advise, TheOpenBeliefIsTestableOrSaysWhyNot) {
  const ShopWorld world = MakeShop({.weeks = 80});
  const auto evidence = WeighLinks(world.chain, world.data, {});
  const auto advice = Advise(world.chain, world.data, evidence, 0);
  ASSERT_EQ(advice.size(), 1);
  EXPECT_EQ(advice[0].from, "k_views");
  EXPECT_GE(advice[0].weeks, 8);
  EXPECT_EQ(advice[0].design == Design::kNotTestable, advice[0].weeks > 52);
  ASSERT_EQ(advice[0].claims.size(), 1);
  EXPECT_LE(Advise(world.chain, world.data, evidence, 12)[0].weeks, advice[0].weeks)
      << "regions halve the error";
}

}  // namespace
}  // namespace backcast
