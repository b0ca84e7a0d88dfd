// SPDX-License-Identifier: Apache-2.0
#include "facts/schema.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

TEST(Schemas, ShippedFactsAreWhole) {
  const auto schemas = Schemas::Shipped();
  ASSERT_TRUE(schemas.ok()) << ToSentence(schemas.error());
  EXPECT_GE(schemas.value().all().size(), 25u);
  const Fact* day = schemas.value().Find("post_day");
  ASSERT_NE(day, nullptr);
  EXPECT_EQ(day->Find("post")->of, "post");
  EXPECT_EQ(day->Find("spend")->type, Type::kMoney);
  for (const Fact& fact : schemas.value().all()) {
    bool money = false;
    for (const FactColumn& column : fact.columns) money |= column.type == Type::kMoney;
    EXPECT_TRUE(!money || fact.Find("currency") != nullptr) << fact.id << " has money without a currency";
  }
}

TEST(Schemas, RefusesAnUnknownTypeWithItsPlace) {
  const auto schemas = Schemas::Parse("facts:\n- id: x\n  key: [a]\n  columns:\n  - a: strange\n", "f.yaml");
  ASSERT_FALSE(schemas.ok());
  EXPECT_NE(ToSentence(schemas.error()).find("f.yaml:5:8: column a has the unknown type 'strange'"),
            std::string::npos);
}

}  // namespace
}  // namespace backcast
