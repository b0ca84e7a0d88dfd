// SPDX-License-Identifier: Apache-2.0
#include "desk/minimum_cases.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

Metric Of(const std::string& minimum, const std::string& formula) {
  Metric metric;
  metric.minimum = minimum;
  metric.expression = ParseFormula(formula).value();
  return metric;
}

TEST(MinimumCases, TheDivisorCountsWhatTheWordsName) {
  EXPECT_EQ(NeededCases(Of("at least 300 sessions and 10 orders", "orders / sum(site_day.sessions)")), 300);
  EXPECT_EQ(NeededCases(Of("at least 1,000 viewable impressions", "1 / sum(ad_day.viewable_impressions)")),
            1000);
  EXPECT_EQ(NeededCases(Of("at least 10 opt-ins", "full_cost / opt_ins")), 10);
  EXPECT_EQ(NeededCases(Of("at least 20 closed deals (won or lost)", "1 / count(deal where won or lost)")),
            20);
  EXPECT_EQ(NeededCases(Of("at least 30 orders; model named", "revenue_net / orders")), 30);
}

TEST(MinimumCases, OtherThingsAreNotCompared) {
  EXPECT_EQ(NeededCases(Of("at least 10 posts and 1,000 impressions", "1 / sum(post_day.impressions)")),
            std::nullopt);
  EXPECT_EQ(NeededCases(Of("at least 50 orders past the window", "1 / sum(order.gross - discount)")),
            std::nullopt)
      << "money is no number of orders";
  EXPECT_EQ(NeededCases(Of("at least 4 weeks", "revenue_net / full_cost")), std::nullopt);
  EXPECT_EQ(NeededCases(Of("at least 100 sessions", "sum(site_day.sessions)")), std::nullopt);
  for (const char* none : {"none", "", "at least", "at least many sessions", "at least 0 sessions"})
    EXPECT_EQ(NeededCases(Of(none, "1 / sum(site_day.sessions)")), std::nullopt) << none;
}

TEST(MinimumCases, ManyShippedRatiosHaveOne) {
  const auto schemas = Schemas::Shipped();
  const auto catalogue = Catalogue::Shipped(schemas.value());
  ASSERT_TRUE(catalogue.ok());
  EXPECT_EQ(NeededCases(*catalogue.value().Find("add_to_cart_rate")), 300);
  EXPECT_EQ(NeededCases(*catalogue.value().Find("cpl")), 10);
  EXPECT_EQ(NeededCases(*catalogue.value().Find("return_rate")), std::nullopt);
  EXPECT_EQ(NeededCases(*catalogue.value().Find("organic_link_ctr")), std::nullopt);
}

}  // namespace
}  // namespace backcast
