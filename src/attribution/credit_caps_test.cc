// SPDX-License-Identifier: Apache-2.0
#include "attribution/credit_caps.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

ModelCredit Model(const std::vector<double>& credits) {
  ModelCredit model;
  for (std::size_t at = 0; at < credits.size(); ++at) {
    ChannelCredit one;
    one.channel = static_cast<int>(at);
    one.credit = credits[at];
    one.value = 10 * credits[at];
    model.channels.push_back(one);
  }
  return model;
}

TEST(CapCredit, WithoutATestNothingIsSetAside) {
  for (const CappedCredit& one : CapCredit(Model({5, 7}), {})) {
    EXPECT_EQ(one.set_aside, 0);
    EXPECT_EQ(one.cap, -1);
  }
}

TEST(CapCredit, ChannelsOfACapLoseTheSamePart) {
  const std::vector<CreditCap> caps = {{"e", {0, 1}, 20}};
  const auto capped = CapCredit(Model({30, 10, 60}), caps);
  EXPECT_DOUBLE_EQ(capped[0].credit, 15);
  EXPECT_DOUBLE_EQ(capped[0].set_aside, 15);
  EXPECT_DOUBLE_EQ(capped[0].value_set_aside, 150);
  EXPECT_DOUBLE_EQ(capped[1].credit, 5);
  EXPECT_EQ(capped[1].cap, 0);
  EXPECT_DOUBLE_EQ(capped[2].credit, 60);
  EXPECT_EQ(capped[2].cap, -1);
}

TEST(CapCredit, TheStrictestOfSeveralCounts) {
  const std::vector<CreditCap> caps = {{"wide", {0, 1}, 30}, {"strict", {0}, 6}, {"roomy", {1}, 500}};
  const auto capped = CapCredit(Model({30, 30}), caps);
  EXPECT_DOUBLE_EQ(capped[0].credit, 6);
  EXPECT_EQ(capped[0].cap, 1);
  EXPECT_DOUBLE_EQ(capped[1].credit, 15);
  EXPECT_EQ(capped[1].cap, 0);
}

TEST(CapCredit, ACreditBelowNoughtIsNoRoomForAnother) {
  const std::vector<CreditCap> caps = {{"e", {0, 1}, 10}};
  const auto capped = CapCredit(Model({20, -8}), caps);
  EXPECT_DOUBLE_EQ(capped[0].credit, 10);
  EXPECT_DOUBLE_EQ(capped[1].credit, -8);
  EXPECT_EQ(capped[1].cap, -1);
}

TEST(CapCredit, AHoldOutThatFoundNothingBacksNothing) {
  const std::vector<CreditCap> caps = {{"e", {0}, 0}};
  const auto capped = CapCredit(Model({20}), caps);
  EXPECT_DOUBLE_EQ(capped[0].credit, 0);
  EXPECT_DOUBLE_EQ(capped[0].set_aside, 20);
}

}  // namespace
}  // namespace backcast
