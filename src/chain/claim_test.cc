// SPDX-License-Identifier: Apache-2.0
#include "chain/claim.h"

#include <gtest/gtest.h>

#include <cctype>

namespace backcast {
namespace {

Quantity Change(double value) {
  return {
      .name = "change", .value = value, .low = value - 0.1, .high = value + 0.1, .n = 40, .unit = "relative"};
}
Quantity Money(const char* name, double value) { return {.name = name, .value = value, .unit = "EUR"}; }

TEST(Claim, SaysTheNumbersThatItCarries) {
  const auto said = Claim::Make("why.change", {Change(-0.25), Money("before", 20000), Money("now", 15000)},
                                {{"outcome", "Net revenue"}});
  ASSERT_TRUE(said);
  EXPECT_EQ(said->key(), "why.change.down");
  EXPECT_EQ(said->text(), "Net revenue fell by 25 %, from 20 k EUR to 15 k EUR.");
  EXPECT_EQ(said->quantities().size(), 3);
}

TEST(Claim, TheSignOfTheNumberChoosesTheWord) {
  for (const double change : {-0.4, -0.01, 0.02, 0.7}) {
    const auto said =
        Claim::Make("why.change", {Change(change), Money("before", 100), Money("now", 100 * (1 + change))},
                    {{"outcome", "Orders"}});
    ASSERT_TRUE(said);
    EXPECT_EQ(said->text().find("fell") != std::string::npos, change < 0) << said->text();
  }
}

TEST(Claim, WithoutANumberNothingIsSaid) {
  EXPECT_FALSE(Claim::Make("why.change", {}, {{"outcome", "Orders"}}));
  EXPECT_FALSE(Claim::Make("why.change", {Change(0.1)}, {{"outcome", "Orders"}}))
      << "before and now are missing";
  EXPECT_FALSE(Claim::Make("there.is.no.such.wording", {Change(0.1)}));
  Quantity bare = Change(0.1);
  bare.low.reset();
  EXPECT_FALSE(Claim::Make("why.part", {bare}, {{"stage", "Visits"}, {"owner", "Shop"}}))
      << "a wording with an interval needs one";
}

TEST(Claim, HostileWordsStayOnOneLineAndShort) {
  const auto said = Claim::Make("why.change", {Change(0.1), Money("before", 1), Money("now", 2)},
                                {{"outcome", "\u202egnp\u2028.exe\n{now}\x1b[31m" + std::string(5000, 'x')}});
  ASSERT_TRUE(said);
  EXPECT_LT(said->text().size(), 200);
  EXPECT_EQ(said->text().find('\n'), std::string::npos);
  EXPECT_EQ(said->text().find('\x1b'), std::string::npos);
  EXPECT_EQ(said->text().find("\u202e"), std::string::npos);
  EXPECT_EQ(said->text().find("\u2028"), std::string::npos);
  EXPECT_NE(said->text().find("{now}"), std::string::npos) << "a place in a word is not filled";
}

TEST(Claim, AWholeSentenceKeepsItsWordsAndLosesItsStop) {
  const Quantity value{.name = "value", .value = 71999.4, .unit = "EUR", .exact = true};
  const std::string ceo = "Money from shop orders that social media brought, after discounts and returns.";
  const auto said = Claim::Make("headline.none", {value}, {{"outcome", ceo}, {"period", "March 2027"}});
  ASSERT_TRUE(said);
  EXPECT_EQ(said->text(), ceo.substr(0, ceo.size() - 1) + ": 71,999.40 EUR in March 2027.");
  const auto cut =
      Claim::Make("headline.none", {value}, {{"outcome", std::string(5000, 'x')}, {"period", "May"}});
  ASSERT_TRUE(cut);
  EXPECT_LT(cut->text().size(), 260);
}

TEST(Claim, WordingsHoldNoFiguresOfTheirOwn) {
  ASSERT_FALSE(Wordings().empty());
  for (const auto& [key, text] : Wordings()) {
    bool inside = false;
    for (const char c : text) {
      inside = c == '{' || (inside && c != '}');
      EXPECT_FALSE(!inside && std::isdigit(static_cast<unsigned char>(c)) != 0) << key << ": " << text;
    }
  }
}

}  // namespace
}  // namespace backcast
