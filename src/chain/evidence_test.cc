// SPDX-License-Identifier: Apache-2.0
#include "chain/evidence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "chain/chain_worlds.h"

namespace backcast {
namespace {

/// The evidence of every link to the outcome whose other end has a number, by that end.
std::map<std::string, LinkEvidence> Weighed(const ShopWorld& world,
                                            const std::vector<Experiment>& experiments = {}) {
  std::map<std::string, LinkEvidence> found;
  for (LinkEvidence& link : WeighLinks(world.chain, world.data, experiments)) {
    if (link.to == "o" && world.data.Find(link.from) != nullptr) found[link.from] = std::move(link);
  }
  return found;
}

Experiment ShownBetween(double low, double high) {
  Experiment experiment;
  experiment.id = "e";
  experiment.from = "k0";
  experiment.to = "o";
  experiment.low = low;
  experiment.high = high;
  experiment.effect = (low + high) / 2;
  experiment.n = 400;
  return experiment;
}

/// The sentence of a link is the one of its grade, and a grade that was tested has one.
void ExpectWordsAgree(const LinkEvidence& link) {
  if (link.experiment) {
    EXPECT_TRUE(Says(link.claims, "link.experiment")) << Spoken(link.claims);
    return;
  }
  if (link.test) {
    ASSERT_EQ(link.claims.size(), 1) << link.from << " " << link.grade;
    EXPECT_TRUE(Says(link.claims, "link." + link.grade)) << link.grade << ": " << Spoken(link.claims);
    EXPECT_TRUE(link.because.empty());
    EXPECT_DOUBLE_EQ(link.claims[0].quantities()[0].value, link.test->r);
    EXPECT_EQ(link.claims[0].quantities()[0].n, link.test->n);
  } else {
    EXPECT_TRUE(link.grade == "asserted" || link.grade == "too_little_data") << link.grade;
    EXPECT_TRUE(link.claims.empty()) << Spoken(link.claims);
  }
}

TEST(LinkGrades, WorldsOfEachKindAreCalledWhatTheyAre) {
  int predictive = 0, against = 0, broken = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    predictive += Weighed(MakeLinks({}, seed))["k0"].grade == "predictive";
    against += Weighed(MakeLinks({.slope = -0.8}, seed))["k0"].grade == "against_plan";
    broken += Weighed(MakeLinks({.weeks = 130, .breaks = true}, seed))["k0"].grade == "broken";
  }
  EXPECT_EQ(predictive, 3);
  EXPECT_EQ(against, 3);
  EXPECT_EQ(broken, 3);
}

TEST(LinkGrades, WhereNothingLeadsToTheOutcomeAWorldInTenMayShowALink) {
  int worlds = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const auto links = Weighed(MakeLinks({.weeks = 60, .slope = 0}, seed));
    worlds += std::any_of(links.begin(), links.end(), [](const auto& link) { return link.second.Shown(); });
  }
  EXPECT_LE(worlds, 4) << "more than four of twelve would be chance once in 200 times";
}

TEST(LinkGrades, ALeadOfTwoWeeksIsFoundWithItsElasticity) {
  const LinkEvidence link = Weighed(MakeLinks({}))["k0"];
  ASSERT_TRUE(link.test);
  EXPECT_EQ(link.test->lag, 2);
  EXPECT_EQ(link.weeks, 104);
  EXPECT_LT(link.test->elasticity_low, 0.8);
  EXPECT_GT(link.test->elasticity_high, 0.8);
  EXPECT_TRUE(link.Shown());
}

TEST(LinkGrades, UnderAYearNoneFoundIsTooLittleDataAndFirmIsNeverSaid) {
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    for (const auto& [from, link] : Weighed(MakeLinks({.weeks = 40}, seed))) {
      EXPECT_NE(link.grade, "predictive") << from;
      EXPECT_NE(link.grade, "none_found") << from;
      EXPECT_NE(link.grade, "broken") << from;
    }
  }
  const auto young = Weighed(MakeLinks({.weeks = 20}));
  for (const auto& [from, link] : young) {
    EXPECT_FALSE(link.test) << from;
    EXPECT_FALSE(link.because.empty()) << from;
  }
  EXPECT_EQ(young.at("k0").grade, "too_little_data");
  EXPECT_NE(young.at("k0").because.find("20 weeks"), std::string::npos) << young.at("k0").because;
}

TEST(LinkGrades, TheSentenceIsTheOneOfTheGrade) {
  for (const LinkHabits& habits :
       {LinkHabits{}, LinkHabits{.slope = -0.8}, LinkHabits{.slope = 0}, LinkHabits{.weeks = 40},
        LinkHabits{.weeks = 20}, LinkHabits{.weeks = 130, .breaks = true}}) {
    for (const auto& [from, link] : Weighed(MakeLinks(habits))) ExpectWordsAgree(link);
    for (const auto& [from, link] : Weighed(MakeLinks(habits), {ShownBetween(0.02, 0.2)}))
      ExpectWordsAgree(link);
  }
}

TEST(LinkGrades, ChanceIsSharedOverAllLinksThatWereTested) {
  const auto links = Weighed(MakeLinks({.slope = 0.1}, 3));
  std::vector<std::pair<double, double>> p;
  for (const auto& [from, link] : links) {
    if (link.test) p.emplace_back(link.test->p, link.adjusted_p);
  }
  ASSERT_EQ(p.size(), 3);
  std::sort(p.begin(), p.end());
  // Benjamini and Hochberg 1995: the smallest of p m / rank over this rank and all above it.
  double least = 1;
  for (std::size_t rank = p.size(); rank-- > 0;) {
    least = std::min(least, p[rank].first * static_cast<double>(p.size()) / static_cast<double>(rank + 1));
    EXPECT_NEAR(p[rank].second, least, 1e-12) << rank;
  }
  EXPECT_GT(p.front().second, p.front().first) << "one of three pays for the others";
}

TEST(LinkGrades, TheSameNumbersGiveTheSameAnswer) {
  const auto one = Weighed(MakeLinks({.slope = 0.2})), two = Weighed(MakeLinks({.slope = 0.2}));
  for (const auto& [from, link] : one) {
    EXPECT_EQ(link.grade, two.at(from).grade);
    EXPECT_EQ(Spoken(link.claims), Spoken(two.at(from).claims));
    ASSERT_EQ(link.test.has_value(), two.at(from).test.has_value());
    if (link.test) {
      EXPECT_EQ(link.test->p, two.at(from).test->p);
    }
  }
}

TEST(LinkGrades, AnExperimentOutranksWhatWasObserved) {
  const ShopWorld nothing = MakeLinks({.slope = 0});
  EXPECT_EQ(Weighed(nothing, {ShownBetween(0.02, 0.2)})["k0"].grade, "experimental");
  EXPECT_EQ(Weighed(nothing, {ShownBetween(-0.2, -0.02)})["k0"].grade, "against_plan");
  const LinkEvidence open = Weighed(nothing, {ShownBetween(-0.1, 0.2)})["k0"];
  EXPECT_EQ(open.grade, Weighed(nothing)["k0"].grade) << "an interval with nought in it shows nothing";
  EXPECT_TRUE(open.experiment);
  EXPECT_TRUE(Says(open.claims, "link.experiment_open")) << Spoken(open.claims);
  EXPECT_FALSE(Weighed(nothing, {ShownBetween(0.02, 0.2)})["k1"].experiment) << "of another link";
}

TEST(LinkGrades, OfSeveralExperimentsTheMostPreciseDecidesAndAllAreTold) {
  const ShopWorld nothing = MakeLinks({.slope = 0});
  const Experiment precise = ShownBetween(0.05, 0.1), vague = ShownBetween(-0.5, -0.02);
  for (const auto& order : {std::vector{precise, vague}, std::vector{vague, precise}}) {
    const LinkEvidence link = Weighed(nothing, order)["k0"];
    EXPECT_EQ(link.grade, "experimental");
    EXPECT_EQ(link.experiment->low, precise.low);
    EXPECT_EQ(std::count_if(link.claims.begin(), link.claims.end(),
                            [](const Claim& claim) { return claim.key().starts_with("link.experimental"); }),
              2);
  }
}

TEST(LinkGrades, ANumberThatIsMissingSaysWhy) {
  ShopWorld world = MakeLinks({});
  world.data.nodes["k1"].daily = {};
  world.data.nodes["k1"].missing = "no export fills ad_day yet";
  const auto links = Weighed(world);
  EXPECT_EQ(links.at("k1").grade, "asserted");
  EXPECT_NE(links.at("k1").because.find("no export fills ad_day"), std::string::npos)
      << links.at("k1").because;
  EXPECT_EQ(links.at("k0").grade, "predictive") << "the others are tested all the same";
}

TEST(CloseIdentity, ItClosesByArithmeticAndBreaksWhenAUnitChanges) {
  ShopWorld world = MakeShop({});
  auto closure = CloseIdentity(world.chain, world.data, "o");
  ASSERT_TRUE(closure);
  EXPECT_NEAR(closure->now, 1, 1e-9);
  EXPECT_TRUE(closure->holds);
  EXPECT_EQ(Weighed(world)["k_visit"].grade, "component");
  *world.data.nodes["o"].now *= 100;  // cents for euros
  closure = CloseIdentity(world.chain, world.data, "o");
  ASSERT_TRUE(closure);
  EXPECT_NEAR(closure->now, 100, 1e-6);
  EXPECT_NEAR(*closure->before, 1, 1e-9);
  EXPECT_FALSE(closure->holds);
  const LinkEvidence visit = Weighed(world)["k_visit"];
  EXPECT_EQ(visit.grade, "broken");
  EXPECT_FALSE(visit.Shown());
  EXPECT_TRUE(Says(visit.claims, "link.component_broken")) << Spoken(visit.claims);
}

TEST(CloseIdentity, WithoutAFactorOrAboveNothingItIsNotKnown) {
  ShopWorld world = MakeShop({});
  world.data.nodes["o.aov"].now = 0;
  EXPECT_FALSE(CloseIdentity(world.chain, world.data, "o")) << "nought has no logarithm";
  world.data.nodes["o.aov"].now = 50;
  world.data.nodes["o.aov"].before.reset();
  const auto once = CloseIdentity(world.chain, world.data, "o");
  ASSERT_TRUE(once);
  EXPECT_FALSE(once->before);
  EXPECT_TRUE(once->holds) << "one period alone cannot have moved";
  world.data.nodes.erase("o.aov");
  EXPECT_FALSE(CloseIdentity(world.chain, world.data, "o"));
  const LinkEvidence visit = Weighed(world)["k_visit"];
  EXPECT_EQ(visit.grade, "asserted");
  EXPECT_FALSE(visit.because.empty());
}

TEST(CloseIdentity, ChanceOfAFewEventsAndAFactorWithoutNumbersAreNoBreak) {
  ShopWorld world = MakeShop({});
  NodeData& outcome = world.data.nodes["o"];
  *outcome.now *= 2;
  EXPECT_FALSE(CloseIdentity(world.chain, world.data, "o")->holds);
  outcome.now_n = 4;
  outcome.before_n = 2;
  EXPECT_TRUE(CloseIdentity(world.chain, world.data, "o")->holds) << "four deals after two";
  outcome.now_n = outcome.before_n = 0;
  for (ChainNode& node : world.chain.nodes) node.open = node.id == "o";
  EXPECT_TRUE(CloseIdentity(world.chain, world.data, "o")->holds);
  const LinkEvidence visit = Weighed(world)["k_visit"];
  EXPECT_EQ(visit.grade, "component");
  EXPECT_TRUE(Says(visit.claims, "link.component_open")) << Spoken(visit.claims);
}

TEST(Align, TheLastCommonStretchWithoutAHole) {
  const Day first = DayOf("2025-01-06");
  const auto weeks = [&](int count, double value) {
    return DailySeries{
        Combine::kSum, first, std::vector<double>(static_cast<std::size_t>(7 * count), value), {}};
  };
  DailySeries from = weeks(40, 2), to = weeks(38, 3);
  EXPECT_EQ(Align(from, to).from.size(), 38);
  EXPECT_EQ(Align(from, to).end, to.days().to);
  EXPECT_DOUBLE_EQ(Align(from, to).to[0], std::log(21));
  from.amount[7 * 10 + 3] = std::nan("");
  EXPECT_EQ(Align(from, to).from.size(), 27) << "weeks before a hole are not weeks in a row";
  EXPECT_EQ(Align(from, to).to.size(), 27);
  EXPECT_EQ(Align(from, to, 5).from.size(), 5);
  EXPECT_TRUE(Align(from, DailySeries{}).from.empty());
}

}  // namespace
}  // namespace backcast
