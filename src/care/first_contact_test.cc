// SPDX-License-Identifier: Apache-2.0
#include "care/first_contact.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

constexpr double kDay = 86400;

TEST(FirstContact, AChainOfOneThatIsSettled) {
  const std::vector<Contact> contacts = {
      {"ann delivery", 1 * kDay, true, true, ""},   // comes back after five days
      {"ann delivery", 6 * kDay, true, true, ""},   // and is no first contact
      {"ben delivery", 2 * kDay, true, true, ""},   // settled
      {"ben delivery", 10 * kDay, true, true, ""},  // eight days later: a chain of its own
      {"cid delivery", 3 * kDay, false, true, ""},  // never settled
  };
  const FirstContact first = ReadFirstContacts(contacts, 60 * kDay).whole;
  EXPECT_EQ(first.chains, 4);
  EXPECT_EQ(first.settled, 2);
  EXPECT_EQ(first.young, 0);
  EXPECT_LT(first.share.low, 0.5);
}

TEST(FirstContact, OneBeforeThePeriodMakesTheNextNoFirst) {
  const std::vector<Contact> contacts = {{"ann", 1 * kDay, true, false, ""},
                                         {"ann", 5 * kDay, true, true, ""}};
  EXPECT_EQ(ReadFirstContacts(contacts, 60 * kDay).whole.chains, 0);
}

TEST(FirstContact, WhoIsSentFromOneTeamToTheNextIsNotSettled) {
  const std::vector<Contact> contacts = {{"ann", 1 * kDay, true, true, "eu"},
                                         {"ann", 2 * kDay, true, true, "us"},
                                         {"ben", 1 * kDay, true, true, "us"}};
  const FirstContacts first = ReadFirstContacts(contacts, 60 * kDay);
  EXPECT_EQ(first.groups.at("eu").chains, 1);
  EXPECT_EQ(first.groups.at("eu").settled, 0);
  EXPECT_EQ(first.groups.at("us").chains, 1) << "ann's second contact begins no chain";
  EXPECT_EQ(first.groups.at("us").settled, 1);
  EXPECT_EQ(first.whole.chains, 2);
}

TEST(FirstContact, YoungChainsAreNotJudged) {
  const std::vector<Contact> contacts = {{"ann", 1 * kDay, true, true, ""},
                                         {"ben", 9 * kDay, true, true, ""}};
  const FirstContact first = ReadFirstContacts(contacts, 10 * kDay).whole;
  EXPECT_EQ(first.chains, 1);
  EXPECT_EQ(first.young, 1);
  EXPECT_EQ(ReadFirstContacts({}, 0).whole.chains, 0);
}

}  // namespace
}  // namespace backcast
