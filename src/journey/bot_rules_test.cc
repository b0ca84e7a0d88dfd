// SPDX-License-Identifier: Apache-2.0
#include "journey/bot_rules.h"

#include <gtest/gtest.h>

#include <set>

namespace backcast {
namespace {

TEST(BotRules, TheListThatShipsIsWhole) {
  const auto rules = ShippedBotRules();
  ASSERT_TRUE(rules.ok()) << ToSentence(rules.error());
  std::set<std::string> ids;
  for (const VisitRule& rule : rules.value().visits) {
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    EXPECT_FALSE(rule.title.empty()) << rule.id;
    const int kinds =
        !rule.when.empty() + !rule.user_agent.empty() + (rule.clicks > 0) + (rule.visits_a_day > 0);
    EXPECT_EQ(kinds, 1) << rule.id;
  }
  for (const FollowerRule& rule : rules.value().followers) EXPECT_GT(rule.points, 0) << rule.id;
  EXPECT_LT(rules.value().bias, 0) << "nobody is suspected of nothing";
  EXPECT_EQ(rules.value().least_sample, 400);
}

TEST(WordsPattern, TakesNothingForASign) {
  EXPECT_EQ(WordsPattern({"Curl/", "+http", "bot)"}), "curl\\/|\\+http|bot\\)");
  EXPECT_EQ(WordsPattern({"sogou web spider"}), "sogou web spider");
}

}  // namespace
}  // namespace backcast
