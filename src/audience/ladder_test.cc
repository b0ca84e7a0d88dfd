// SPDX-License-Identifier: Apache-2.0
#include "audience/ladder.h"

#include <gtest/gtest.h>

#include <set>

namespace backcast {
namespace {

TEST(Ladder, TheShippedOneHasSevenRungsAndEveryKindOnce) {
  const auto ladder = ShippedLadder();
  ASSERT_TRUE(ladder.ok()) << ToSentence(ladder.error());
  ASSERT_EQ(ladder.value().rungs.size(), 7u);
  EXPECT_EQ(ladder.value().rungs.front().id, "creators");
  EXPECT_EQ(ladder.value().rungs.back().id, "inactives");
  EXPECT_TRUE(ladder.value().rungs.back().kinds.empty());
  std::set<std::string> kinds;
  for (const Rung& rung : ladder.value().rungs) {
    for (const std::string& kind : rung.kinds) EXPECT_TRUE(kinds.insert(kind).second) << kind;
  }
  EXPECT_TRUE(kinds.contains("post") && kinds.contains("reply") && kinds.contains("rating"));
}

TEST(Ladder, SharesAreWilsonsAndOverlap) {
  const auto reading = ReadLadder(LadderFrom::kSurvey, 20, {13, 20}, {13, 7}, {true, true}, std::nullopt);
  ASSERT_TRUE(reading.rungs[0].share);
  EXPECT_NEAR(reading.rungs[0].share->low, 0.4329, 1e-4);  // METHODS 1: 13 of 20 is 43 % to 82 %
  EXPECT_NEAR(reading.rungs[0].share->high, 0.8188, 1e-4);
  EXPECT_EQ(reading.rungs[1].share->high, 1);
  EXPECT_FALSE(reading.rungs[0].of_known);
}

TEST(Ladder, WhatCannotBeSeenHasNoShare) {
  const auto reading = ReadLadder(LadderFrom::kObserved, 10, {4, 0}, {4, 0}, {true, false}, 1000.0);
  EXPECT_TRUE(reading.rungs[0].share);
  EXPECT_DOUBLE_EQ(*reading.rungs[0].of_known, 0.004);
  EXPECT_FALSE(reading.rungs[1].share);
  EXPECT_FALSE(reading.rungs[1].of_known);
}

}  // namespace
}  // namespace backcast
