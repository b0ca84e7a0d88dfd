// SPDX-License-Identifier: Apache-2.0
#include "chain/sales_goal.h"

#include <gtest/gtest.h>

#include "plan/plan_cases.h"

namespace backcast {
namespace {

constexpr const char* kPlan = R"(backcast: 1
brand: {name: Shop, currency: EUR}
team:
- {id: ana, role: Social media manager, influences: [content, audience]}
- {id: ben, role: Shop owner, influences: [site, prices]}
outcomes:
- {id: o_sales, metric: revenue_net, scope: {channel_group: [organic_social]}, owner: ana, ceo: Money from social media.}
- {id: o_leads, metric: leads, owner: ana, ceo: Requests.}
kpis:
- {id: k_orders, outcome: o_sales, metric: orders, owner: ben, why: Orders.}
- {id: k_all, outcome: o_sales, metric: aov, owner: ana, why: Basket.}
)";

SalesGoal Judged(std::string_view id, std::vector<SalesElsewhere> counted, const std::string& more = "") {
  const auto read = ReadPlan(kPlan + more, "plan.yaml", ShippedCatalogue());
  EXPECT_TRUE(read.ok());
  for (SalesGoal& goal : SalesGoals(read.value().plan, ShippedSalesRules())) {
    if (goal.node != id) continue;
    JudgeSalesGoal(goal, read.value().plan, ShippedSalesRules(), std::move(counted));
    return goal;
  }
  ADD_FAILURE() << "no goal " << id;
  return {};
}

std::vector<SalesElsewhere> Seen(double cases, double sales) {
  return {{"organic_social", 90000, 900, {}, false},
          {"paid_search", cases, sales, {}, false},
          {"offline", 100, 90, {}, false}};
}

TEST(SalesGoal, OnlyNodesThatAskForSalesAreJudged) {
  const auto read = ReadPlan(kPlan, "plan.yaml", ShippedCatalogue());
  std::vector<std::string> nodes;
  for (const SalesGoal& goal : SalesGoals(read.value().plan, ShippedSalesRules())) nodes.push_back(goal.node);
  EXPECT_EQ(nodes, (std::vector<std::string>{"o_sales", "k_orders", "k_all"}));
}

TEST(SalesGoal, AHoldOnTheShopMakesItFair) {
  const SalesGoal goal = Judged("k_orders", {});
  EXPECT_EQ(goal.verdict, SalesGoal::Verdict::kHold);
  EXPECT_EQ(goal.levers, (std::vector<std::string>{"site", "prices"}));
}

TEST(SalesGoal, SalesInAnotherDigitalChannelProveIt) {
  const SalesGoal goal = Judged("o_sales", Seen(4000, 84));
  EXPECT_EQ(goal.verdict, SalesGoal::Verdict::kProven);
  ASSERT_EQ(goal.elsewhere.size(), 1) << "neither the own channel nor a shop counter";
  EXPECT_NEAR(goal.elsewhere[0].rate.low, 0.017, 0.001);
  EXPECT_NEAR(goal.elsewhere[0].rate.high, 0.026, 0.001);
}

TEST(SalesGoal, ManyVisitsThatDoNotBuySayNo) {
  EXPECT_EQ(Judged("o_sales", Seen(6000, 29)).verdict, SalesGoal::Verdict::kNot);
  EXPECT_EQ(Judged("o_sales", Seen(6000, 30)).verdict, SalesGoal::Verdict::kProven);
}

TEST(SalesGoal, FewVisitsSayNothing) {
  const SalesGoal goal = Judged("o_sales", Seen(500, 4));
  EXPECT_EQ(goal.verdict, SalesGoal::Verdict::kTooLittle);
  EXPECT_DOUBLE_EQ(goal.needs, 6000);
  EXPECT_EQ(Judged("o_sales", {}).verdict, SalesGoal::Verdict::kTooLittle);
  const std::string history = "sales_history: [{channel: search ads, outcome: orders, value: 90}]\n";
  EXPECT_EQ(Judged("o_sales", Seen(500, 4), history).verdict, SalesGoal::Verdict::kStated);
  EXPECT_EQ(Judged("o_sales", Seen(9000, 4), history).verdict, SalesGoal::Verdict::kNot)
      << "the data speak louder";
}

TEST(SalesGoal, AGoalOverEveryChannelHasNoOtherToProveIt) {
  EXPECT_EQ(Judged("k_all", Seen(4000, 84)).verdict, SalesGoal::Verdict::kNot);
}

TEST(SalesGoal, MoreSalesThanVisitsBreaksNothing) {
  const SalesGoal goal = Judged("o_sales", Seen(10, 84));
  EXPECT_EQ(goal.verdict, SalesGoal::Verdict::kProven);
  EXPECT_LE(goal.elsewhere[0].rate.high, 1);
}

}  // namespace
}  // namespace backcast
