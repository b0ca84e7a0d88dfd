// SPDX-License-Identifier: Apache-2.0
#include "chain/graph.h"

#include <gtest/gtest.h>

#include <set>

#include "chain/chain_worlds.h"

namespace backcast {
namespace {

constexpr const char* kBrand = "backcast: 1\nbrand: {name: S, currency: EUR}\n";

std::vector<std::string> MetricsOf(const std::vector<const ChainNode*>& nodes) {
  std::vector<std::string> metrics;
  for (const ChainNode* node : nodes) metrics.push_back(node->metric);
  return metrics;
}

const ChainLink* LinkOf(const ValueChain& chain, std::string_view from, std::string_view to) {
  for (const ChainLink& link : chain.links) {
    if (link.from == from && link.to == to) return &link;
  }
  return nullptr;
}

bool Has(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// What holds for every chain of a plan whose ids are its own.
void ExpectSound(const ValueChain& chain) {
  std::set<std::string> ids;
  for (const ChainNode& node : chain.nodes) EXPECT_TRUE(ids.insert(node.id).second) << node.id << " twice";
  std::set<std::pair<std::string, std::string>> ends;
  for (const ChainLink& link : chain.links) {
    EXPECT_TRUE(ids.contains(link.from)) << link.from;
    EXPECT_TRUE(ids.contains(link.to)) << link.to;
    EXPECT_TRUE(ends.insert({link.from, link.to}).second) << link.from << " > " << link.to << " twice";
  }
  for (const ChainNode& node : chain.nodes) {
    EXPECT_FALSE(node.title.empty()) << node.id;
    for (const std::string& each : Upstream(chain, node.id))
      EXPECT_TRUE(Has(Downstream(chain, each), node.id)) << each << " leads to " << node.id;
    if (node.role != NodeRole::kFactor) continue;
    EXPECT_GT(node.control, 0) << node.id << ": a factor of no weight could not be shared to";
    EXPECT_LE(node.control, 1) << node.id;
    EXPECT_GT(node.cap, 0) << node.id;
    const ChainLink* link = LinkOf(chain, node.id, node.outcome);
    ASSERT_NE(link, nullptr) << node.id;
    EXPECT_EQ(link->kind, LinkKind::kComponent) << node.id;
  }
}

TEST(ValueChain, ATreeOfThePlanComesBeforeOneThatShips) {
  const std::string head = std::string(kBrand) + "outcomes: [{id: o, metric: revenue_net";
  const std::string tree =
      "}]\ndriver_trees: [{id: by_order, outcome: revenue_net, identity: [{metric: orders, cap: 0.4}, "
      "{metric: "
      "aov}]}]\n";
  for (const std::string name : {", tree: by_order", ""}) {
    const ValueChain chain = ChainOf(head + name + tree);
    ExpectSound(chain);
    const std::vector<const ChainNode*> factors = chain.Factors("o");
    ASSERT_EQ(MetricsOf(factors), (std::vector<std::string>{"orders", "aov"})) << name;
    EXPECT_EQ(factors[0]->cap, 0.4);
    EXPECT_EQ(factors[1]->cap, kUsualCap);
  }
  EXPECT_EQ(ChainOf(head + "}]\n").Factors("o").size(), 4U);
}

TEST(ValueChain, FactorsComeInTheOrderOfTheTreeUnderTheScopeOfTheOutcome) {
  const ValueChain chain = ChainOf(kShopPlan);
  ExpectSound(chain);
  const std::vector<const ChainNode*> factors = chain.Factors("o");
  ASSERT_EQ(MetricsOf(factors), (std::vector<std::string>{"targeted_sessions", "add_to_cart_rate",
                                                          "cart_to_purchase_rate", "aov"}));
  for (const ChainNode* factor : factors) EXPECT_EQ(factor->scope, chain.Find("o")->scope) << factor->id;
  EXPECT_EQ(factors[0]->kpi, "k_visit");
  EXPECT_FALSE(factors[1]->in_plan);
  EXPECT_TRUE(chain.assumptions.empty());
}

TEST(ValueChain, TheClosingFactorIsNobodysAndNoFactor) {
  const ValueChain chain = ChainOf(kShopPlan);
  const ChainNode* other = chain.Find("o.other");
  ASSERT_NE(other, nullptr);
  EXPECT_EQ(other->role, NodeRole::kOther);
  EXPECT_TRUE(other->owner.empty());
  EXPECT_TRUE(other->metric.empty());
  ASSERT_NE(LinkOf(chain, "o.other", "o"), nullptr);
  EXPECT_EQ(LinkOf(chain, "o.other", "o")->kind, LinkKind::kComponent);
  for (const ChainNode* factor : chain.Factors("o")) EXPECT_NE(factor->id, other->id);
}

TEST(ValueChain, WhoInfluencesAFactorHasItsWeightAndNobodyHasHardlyAny) {
  const ValueChain chain = ChainOf(
      std::string(kBrand) +
      "team: [{id: ana, function: social}, {id: oli, function: operations, influences: [operations]}]\n"
      "outcomes: [{id: o, metric: revenue_net, owner: ana, tree: ecommerce_sales}]\n"
      "kpis: [{id: k_buy, outcome: o, metric: cart_to_purchase_rate, owner: oli},\n"
      "  {id: k_price, outcome: o, metric: aov, owner: ana}]\n");
  ExpectSound(chain);
  const std::vector<const ChainNode*> factors = chain.Factors("o");
  ASSERT_EQ(factors.size(), 4);
  EXPECT_EQ(factors[0]->owner, "ana") << "found in the team by what usually moves it";
  EXPECT_DOUBLE_EQ(factors[0]->control, 0.9) << "the tree's weight";
  EXPECT_EQ(factors[1]->owner, "") << "nobody of site or product is in the team";
  EXPECT_DOUBLE_EQ(factors[1]->control, 0.05);
  EXPECT_EQ(factors[2]->owner, "oli");
  EXPECT_DOUBLE_EQ(factors[2]->control, 0.5) << "the tree gives nought, its owner influences it";
  EXPECT_EQ(factors[3]->owner, "ana");
  EXPECT_DOUBLE_EQ(factors[3]->control, 0.1) << "a KPI's owner without influence adds nothing to the tree";
}

TEST(ValueChain, AKpiUnderAnotherScopeLendsItsOwnerAndKeepsItsOwnNumber) {
  const ValueChain chain =
      ChainOf(With(kShopPlan, "targeted_sessions, scope: {channel_group: [organic_social]}, owner: ana",
                   "targeted_sessions, scope: {channel_group: [direct]}, owner: sam"));
  ExpectSound(chain);
  const ChainNode* factor = chain.Factors("o")[0];
  EXPECT_EQ(factor->id, "o.targeted_sessions");
  EXPECT_EQ(factor->kpi, "k_visit");
  EXPECT_EQ(factor->owner, "sam");
  EXPECT_EQ(factor->scope, chain.Find("o")->scope);
  EXPECT_FALSE(factor->in_plan);
  const ChainNode* kpi = chain.Find("k_visit");
  ASSERT_NE(kpi, nullptr);
  EXPECT_EQ(kpi->role, NodeRole::kKpi);
  EXPECT_NE(kpi->scope, factor->scope);
  EXPECT_EQ(LinkOf(chain, "k_visit", "o")->kind, LinkKind::kInfluence);
  EXPECT_EQ(chain.FindByName("targeted_sessions"), nullptr) << "two nodes have this metric";
  EXPECT_EQ(chain.FindByName("aov"), chain.Find("o.aov"));
}

TEST(ValueChain, AnUnknownTreeIsSaidAndLeavesTheKpis) {
  const ValueChain chain = ChainOf(With(kShopPlan, "ecommerce_sales", "no_such_tree"));
  ExpectSound(chain);
  EXPECT_TRUE(chain.Factors("o").empty());
  EXPECT_EQ(chain.Find("o.other"), nullptr);
  ASSERT_NE(LinkOf(chain, "k_visit", "o"), nullptr);
  EXPECT_EQ(LinkOf(chain, "k_visit", "o")->kind, LinkKind::kInfluence);
  EXPECT_EQ(LinkOf(chain, "k_visit", "o")->lag_weeks, 2) << "the outcome's own lag";
  ASSERT_EQ(chain.assumptions.size(), 1);
  EXPECT_NE(chain.assumptions[0].find("no_such_tree"), std::string::npos) << chain.assumptions[0];
}

TEST(ValueChain, LeadsPointAtTheirFactorWithTheUsualLagAndTheSignOfTheirDirections) {
  const ValueChain chain = ChainOf(kShopPlan);
  const ChainLink* followers = LinkOf(chain, "o.targeted_followers", "k_visit");
  ASSERT_NE(followers, nullptr);
  EXPECT_EQ(followers->kind, LinkKind::kInfluence);
  EXPECT_EQ(followers->lag_weeks, 4);
  EXPECT_EQ(followers->sign, 1);
  EXPECT_FALSE(followers->in_plan);
  EXPECT_EQ(chain.Find("o.targeted_followers")->role, NodeRole::kLead);
  const ChainLink* contacts = LinkOf(chain, "o.contacts_per_100_orders", "o.cart_to_purchase_rate");
  ASSERT_NE(contacts, nullptr);
  EXPECT_EQ(contacts->sign, -1) << "fewer contacts are better, more purchases are better";
}

TEST(ValueChain, AKpiThatTheTreeKnowsAsALeadIsOneNode) {
  const ValueChain chain = ChainOf(With(kShopPlan, "metric: views", "metric: engaged_session_rate"));
  ExpectSound(chain);
  EXPECT_EQ(chain.Find("o.engaged_session_rate"), nullptr);
  EXPECT_NE(LinkOf(chain, "k_views", "o"), nullptr);
  EXPECT_NE(LinkOf(chain, "k_views", "o.add_to_cart_rate"), nullptr);
}

TEST(ValueChain, TacticsHangOnTheKpisThatExist) {
  const ValueChain chain =
      ChainOf(With(kShopPlan, "moves: [k_visit]", "name: Tours, moves: [k_visit, k_nothing]") +
              "- {id: t_lost, name: Lost, moves: [k_nothing], owner: ana}\n");
  ExpectSound(chain);
  ASSERT_NE(chain.Find("t"), nullptr);
  EXPECT_EQ(chain.Find("t")->role, NodeRole::kTactic);
  EXPECT_EQ(chain.Find("t")->title, "Tours");
  EXPECT_EQ(chain.From("t").size(), 1);
  EXPECT_EQ(chain.Find("t_lost"), nullptr);
  EXPECT_TRUE(Has(Upstream(chain, "o"), "t"));
  EXPECT_FALSE(Has(Upstream(chain, "k_views"), "t"));
  EXPECT_EQ(Downstream(chain, "t"), (std::vector<std::string>{"t", "k_visit", "o"}));
}

TEST(ValueChain, ATacticThatNamesAKpiTwiceMovesItOnce) {
  ExpectSound(ChainOf(With(kShopPlan, "moves: [k_visit]", "moves: [k_visit, k_visit]")));
}

TEST(ValueChain, AGuardStandsUnderTheScopeOfItsKpiWithoutALink) {
  const ValueChain chain = ChainOf(With(kShopPlan, "[organic_social]}, owner: ana}",
                                        "[organic_social]}, owner: ana, guard: bounce_rate}"));
  ExpectSound(chain);
  const ChainNode* visit = chain.Find("k_visit");
  ASSERT_NE(visit, nullptr);
  EXPECT_EQ(visit->guard, "bounce_rate");
  const ChainNode* guard = chain.Find(GuardOf(*visit));
  ASSERT_NE(guard, nullptr);
  EXPECT_EQ(guard->role, NodeRole::kGuard);
  EXPECT_EQ(guard->metric, "bounce_rate");
  EXPECT_EQ(guard->scope, visit->scope);
  EXPECT_TRUE(chain.From(guard->id).empty());
  EXPECT_TRUE(chain.Into(guard->id).empty());
}

/// Ids that repeat each other make circles; every walk ends all the same and names each node once.
TEST(ValueChain, IdsThatRepeatEachOtherCannotHang) {
  const std::vector<std::string> plans = {
      "outcomes: [{id: o, metric: revenue_net, tree: ecommerce_sales}]\n"
      "kpis: [{id: o, outcome: o, metric: targeted_sessions}]\n",
      "outcomes: [{id: a, metric: revenue_net, tree: ecommerce_sales}, {id: b, metric: orders}]\n"
      "kpis: [{id: b, outcome: a, metric: views}, {id: a, outcome: b, metric: views}]\n",
      "outcomes: [{id: o, metric: revenue_net, tree: ecommerce_sales}, {id: o, metric: orders}]\n"
      "kpis: [{id: k, outcome: o, metric: targeted_sessions}, {id: k, outcome: o, metric: aov}]\n"
      "tactics: [{id: o, moves: [k, o]}, {id: k, moves: [o]}, {id: t, moves: [t, k]}]\n",
      "outcomes: [{id: o, metric: revenue_net, tree: ecommerce_sales}]\n"
      "kpis: [{id: o.aov, outcome: o, metric: views, guard: aov}, {id: o.other, outcome: o, metric: "
      "saves}]\n"};
  for (const std::string& plan : plans) {
    const ValueChain chain = ChainOf(kBrand + plan);
    EXPECT_FALSE(chain.nodes.empty());
    for (const ChainNode& node : chain.nodes) {
      for (const auto& walk : {Upstream(chain, node.id), Downstream(chain, node.id)}) {
        EXPECT_EQ(std::set<std::string>(walk.begin(), walk.end()).size(), walk.size()) << plan;
        EXPECT_EQ(walk.front(), node.id);
      }
    }
  }
}

TEST(FindOutcomeNode, NamesTheNearestOrAll) {
  const ValueChain chain =
      ChainOf(std::string(kBrand) +
              "outcomes: [{id: o_sales, metric: revenue_net}, {id: o_mail, metric: opt_ins}]\n");
  const auto missed = FindOutcomeNode(chain, "o_sale"), lost = FindOutcomeNode(chain, "qqqqqqqq");
  ASSERT_FALSE(missed.ok());
  EXPECT_EQ(missed.error().code, Code::kUsage);
  EXPECT_NE(missed.error().hint.find("o_sales"), std::string::npos) << missed.error().hint;
  ASSERT_FALSE(lost.ok());
  EXPECT_NE(lost.error().hint.find("o_mail"), std::string::npos) << lost.error().hint;
  EXPECT_FALSE(FindOutcomeNode(chain, "").ok());
}

TEST(ValueChain, ThePapersPlansMakeWholeChains) {
  for (const char* name : {"plan_b2c.yaml", "plan_b2b.yaml"}) {
    const std::string text = SharedText(name);
    if (text.empty()) GTEST_SKIP() << "the shared plan is absent: " << name;
    const Plan plan = ReadSoundly(text).plan;
    const ValueChain chain = BuildValueChain(plan, ShippedCatalogue());
    ExpectSound(chain);
    for (const Outcome& outcome : plan.outcomes) EXPECT_NE(chain.Find(outcome.id), nullptr) << outcome.id;
    for (const Kpi& kpi : plan.kpis) {
      const ChainNode* node = chain.Find(kpi.id);
      ASSERT_NE(node, nullptr) << kpi.id;
      EXPECT_EQ(node->metric, kpi.metric);
      EXPECT_TRUE(Has(Downstream(chain, kpi.id), kpi.outcome)) << kpi.id;
      EXPECT_TRUE(kpi.guard.empty() || chain.Find(GuardOf(*node)) != nullptr) << kpi.id;
    }
    for (const Tactic& tactic : plan.tactics) EXPECT_NE(chain.Find(tactic.id), nullptr) << tactic.id;
  }
}

}  // namespace
}  // namespace backcast
