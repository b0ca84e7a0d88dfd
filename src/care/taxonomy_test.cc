// SPDX-License-Identifier: Apache-2.0
#include "care/taxonomy.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

std::vector<std::string> FaultsOf(const std::map<std::string, double>& by_issue) {
  const auto rules = ShippedTaxonomyRules();
  EXPECT_TRUE(rules.ok());
  std::vector<std::string> ids;
  for (const TaxonomyFault& fault : ReadTaxonomy(by_issue, rules.value()).faults) ids.push_back(fault.id);
  return ids;
}

using Faults = std::vector<std::string>;

TEST(Taxonomy, AListThatTellsThingsApartHasNoFault) {
  EXPECT_EQ(FaultsOf({{"late", 40}, {"broken", 30}, {"invoice", 20}, {"Other", 10}}), Faults{});
}

TEST(Taxonomy, EachFaultForItself) {
  EXPECT_EQ(FaultsOf({{"late", 40}, {"broken", 40}}), Faults{"too_few"});
  EXPECT_EQ(FaultsOf({{"late", 30}, {"broken", 20}, {"invoice", 20}, {" Sonstiges ", 30}}), Faults{"other"});
  EXPECT_EQ(FaultsOf({{"late", 30}, {"broken", 20}, {"invoice", 20}, {"", 30}}), Faults{"uncoded"});
  EXPECT_EQ(FaultsOf({{"late", 80}, {"broken", 10}, {"invoice", 10}}), Faults{"one_takes_all"});
  std::map<std::string, double> many;
  for (int i = 0; i < 26; ++i) many["issue " + std::to_string(i)] = 4;
  EXPECT_EQ(FaultsOf(many), Faults{"too_many"});
  EXPECT_EQ(FaultsOf({{"", 100}}), Faults{"uncoded"});
}

TEST(Taxonomy, FewContactsAreNotJudged) {
  EXPECT_EQ(FaultsOf({{"", 29}}), Faults{});
  EXPECT_EQ(FaultsOf({}), Faults{});
  EXPECT_FALSE(ReadTaxonomy({{"", 29}}, ShippedTaxonomyRules().value()).enough);
}

TEST(Taxonomy, EffectiveNumberOfEqualIssuesIsTheirNumber) {
  const TaxonomyHealth health =
      ReadTaxonomy({{"a", 25}, {"b", 25}, {"c", 25}, {"d", 25}}, ShippedTaxonomyRules().value());
  EXPECT_NEAR(health.effective, 4, 1e-9);
  EXPECT_EQ(health.issues, 4);
}

}  // namespace
}  // namespace backcast
