// SPDX-License-Identifier: Apache-2.0
#include "care/waiting.h"

#include <gtest/gtest.h>

#include <vector>

namespace backcast {
namespace {

std::vector<Wait> Minutes(int ended, int open, double open_for = 600) {
  std::vector<Wait> waits;
  for (int i = 1; i <= ended; ++i) waits.push_back({60.0 * i, true});
  for (int i = 0; i < open; ++i) waits.push_back({open_for * 60, false});
  return waits;
}

TEST(Waiting, OpenOnesMakeTheMedianLonger) {
  const WaitingTimes answered = ReadWaiting(Minutes(40, 0)), open = ReadWaiting(Minutes(40, 20));
  ASSERT_TRUE(answered.median.time && open.median.time);
  EXPECT_EQ(answered.median.time->value, 20 * 60.0);
  EXPECT_EQ(open.median.time->value, 30 * 60.0);
  EXPECT_EQ(open.longest_open, 600 * 60.0);
  EXPECT_EQ(open.items, 60);
  EXPECT_EQ(open.ended, 40);
}

TEST(Waiting, NotReachedIsAnAnswerAndTooLittleIsNone) {
  const WaitingTimes waiting = ReadWaiting(Minutes(40, 20));
  ASSERT_TRUE(waiting.p90.time);
  EXPECT_FALSE(waiting.p90.time->value) << "a third still waits";
  const WaitingTimes few = ReadWaiting(Minutes(19, 0));
  EXPECT_FALSE(few.median.time);
  EXPECT_EQ(few.median.needs, "have 19 that ended of 19, need about 20");
  EXPECT_TRUE(ReadWaiting(Minutes(20, 0)).median.time);
  EXPECT_FALSE(ReadWaiting(Minutes(35, 0)).p90.time);
  EXPECT_TRUE(ReadWaiting(Minutes(36, 0)).p90.time);
  EXPECT_FALSE(ReadWaiting({}).median.time);
}

TEST(Promise, IsJudgedByItsInterval) {
  const std::vector<Wait> waits = Minutes(100, 0);
  const KeptPromise hour = ReadPromise(waits, 3600, 0.8);
  ASSERT_TRUE(hour.within);
  EXPECT_NEAR(hour.within->share, 0.6, 1e-9);
  EXPECT_EQ(hour.verdict, StandardVerdict::kNotReached);
  EXPECT_EQ(ReadPromise(waits, 3600, 0.62).verdict, StandardVerdict::kCannotTell);
  EXPECT_EQ(ReadPromise(waits, 3600, 0.4).verdict, StandardVerdict::kReached);
  EXPECT_EQ(ReadPromise(Minutes(19, 0), 3600, 0.4).verdict, StandardVerdict::kTooFew);
}

TEST(Promise, CannotBeToldBeyondWhatWasObserved) {
  const KeptPromise kept = ReadPromise(Minutes(10, 10, 30), 3600, 0.8);
  EXPECT_FALSE(kept.within);
  EXPECT_EQ(kept.needs, "nobody was observed for that long");
  EXPECT_EQ(ReadPromise({}, 60, 0.8).needs, "nobody waited");
}

TEST(Promise, YoungOpenOnesAreNotCountedAsLate) {
  // Forty answered within the hour, forty who asked a minute ago.
  const KeptPromise kept = ReadPromise(Minutes(60, 40, 1), 3600, 0.9);
  ASSERT_TRUE(kept.within);
  EXPECT_DOUBLE_EQ(kept.within->share, 1);
}

}  // namespace
}  // namespace backcast
