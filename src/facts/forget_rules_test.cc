// SPDX-License-Identifier: Apache-2.0
#include "facts/forget_rules.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace backcast {
namespace {

TEST(ForgetRules, EveryRuleNamesColumnsThatTheFactCanDoWithout) {
  const auto schemas = Schemas::Shipped();
  ASSERT_TRUE(schemas.ok());
  int found = 0;
  for (const Fact& fact : schemas.value().all()) {
    const NamelessRule* rule = FindNamelessRule(fact.id);
    if (rule == nullptr) continue;
    ++found;
    EXPECT_TRUE(NamesPersons(fact)) << fact.id;
    for (const std::string& column : rule->without) {
      EXPECT_NE(fact.Find(column), nullptr) << fact.id << "." << column;
      EXPECT_NE(column, fact.day);
      EXPECT_EQ(std::count(fact.key.begin(), fact.key.end(), column), 0);
    }
  }
  EXPECT_EQ(found, 3);
  EXPECT_EQ(NameColumns().size(), 3u);
}

TEST(ForgetRules, RowsOfAConversationBelongToIt) {
  const auto schemas = Schemas::Shipped();
  ASSERT_TRUE(schemas.ok());
  EXPECT_EQ(OwnedBy(*schemas.value().Find("conversation")), "conversation_id");
  EXPECT_EQ(OwnedBy(*schemas.value().Find("session")), "session_id");
  EXPECT_EQ(OwnedBy(*schemas.value().Find("order")), "");
  EXPECT_EQ(OwnedBy(*schemas.value().Find("post_day")), "");
  EXPECT_EQ(OwnedBy(*schemas.value().Find("identity")), "");
}

}  // namespace
}  // namespace backcast
