// SPDX-License-Identifier: Apache-2.0
#include "plan/data/reading.h"

#include <algorithm>

#include "plan/plan_cases.h"

namespace backcast {
namespace {

Metric Of(const std::string& formula) {
  Metric metric;
  metric.expression = ParseFormula(formula).value();
  return metric;
}

std::vector<std::string> Lacking(const std::string& formula,
                                 const std::map<std::string, std::int64_t>& rows) {
  return LackingFacts(Of(formula), ShippedCatalogue(), rows);
}

using Words = std::vector<std::string>;

TEST(Reading, EveryPartOfASumIsNeededAndOneOfATotalIsEnough) {
  const std::string sum = "sum(ad_day.spend) + sum(cost.amount)",
                    total = "total(sum(ad_day.spend), sum(cost.amount))";
  EXPECT_EQ(Lacking(sum, {}), (Words{"ad_day", "cost"}));
  EXPECT_EQ(Lacking(sum, {{"cost", 1}}), Words{"ad_day"});
  EXPECT_EQ(Lacking(sum, {{"cost", 1}, {"ad_day", 2}}), Words{});
  EXPECT_EQ(Lacking(total, {{"cost", 1}}), Words{});
  EXPECT_EQ(Lacking(total, {{"cost", 0}}), (Words{"ad_day", "cost"}));
}

TEST(Reading, GoesThroughOtherMetrics) {
  EXPECT_EQ(Lacking("orders / sessions", {{"order", 5}}), Words{"site_day"});
  EXPECT_TRUE(Reads(Of("1000 * orders"), ShippedCatalogue(), "order", {"other", "cancelled"}));
  EXPECT_FALSE(Reads(Of("1000 * orders"), ShippedCatalogue(), "order", {"net"}));
  EXPECT_FALSE(Reads(Of("orders"), ShippedCatalogue(), "deal", {"cancelled"}));
}

TEST(Reading, AMethodLacksNothing) {
  Metric metric = Of("1");
  metric.expression = {};
  metric.computed_by = "a method";
  EXPECT_EQ(LackingFacts(metric, ShippedCatalogue(), {}), Words{});
}

TEST(Reading, NoShippedMetricLacksAFactWhenAllHaveRows) {
  std::map<std::string, std::int64_t> rows;
  const Result<Schemas> schemas = Schemas::Shipped();
  for (const Fact& fact : schemas.value().all()) rows[fact.id] = 1;
  for (const Metric& metric : ShippedCatalogue().all()) {
    EXPECT_EQ(LackingFacts(metric, ShippedCatalogue(), rows), Words{}) << metric.id;
    const std::vector<std::string> lacking = LackingFacts(metric, ShippedCatalogue(), {});
    const std::vector<std::string> facts = ShippedCatalogue().FactsOf(metric);
    EXPECT_TRUE(std::includes(facts.begin(), facts.end(), lacking.begin(), lacking.end())) << metric.id;
    EXPECT_EQ(lacking.empty(), !metric.HasFormula()) << metric.id;
  }
}

}  // namespace
}  // namespace backcast
