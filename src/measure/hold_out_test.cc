// SPDX-License-Identifier: Apache-2.0
#include "measure/hold_out.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measure/random.h"

namespace backcast {
namespace {

/// Regions of different size with a common season and noise of their own; the changed ones get `effect`.
std::vector<TestRegion> Regions(int count, int changed, double effect, Random& random, double noise = 0.05) {
  std::vector<TestRegion> regions;
  std::vector<double> order(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) order[static_cast<std::size_t>(i)] = i;
  random.Shuffle(order);
  for (int i = 0; i < count; ++i) {
    TestRegion region{"r" + std::to_string(i), order[static_cast<std::size_t>(i)] < changed, {}, {}};
    const double size = 200 * std::exp(random.Normal());
    const auto week = [&](int number) {
      return size * (1 + 0.2 * std::sin(number / 3.0)) * std::exp(noise * random.Normal());
    };
    for (int w = 0; w < 8; ++w) region.before.push_back(week(w));
    for (int w = 8; w < 12; ++w) region.during.push_back(week(w) * (region.changed ? 1 + effect : 1));
    regions.push_back(std::move(region));
  }
  return regions;
}

TEST(HoldOut, HoldsTheTrueEffectAsOftenAsItSays) {
  int held = 0, false_alarms = 0, apart = 0, found = 0;
  const int worlds = 400;
  for (int world = 0; world < worlds; ++world) {
    Random random(1000 + static_cast<std::uint64_t>(world));
    const bool none = world % 2 == 0;
    const double effect = none ? 0 : 0.15;
    const auto result = TestHoldOut(Regions(10, 5, effect, random), 1);
    ASSERT_TRUE(result.ok()) << ToSentence(result.error());
    const HoldOutResult& r = result.value();
    EXPECT_LE(r.low, r.effect);
    EXPECT_GE(r.high, r.effect);
    EXPECT_TRUE(r.all_assignments);
    EXPECT_EQ(r.assignments, 252);
    held += r.low <= effect && effect <= r.high;
    apart += r.verdict == HoldOutResult::Verdict::kApartBefore;
    if (none) false_alarms += r.verdict == HoldOutResult::Verdict::kCaused;
    if (!none) found += r.verdict == HoldOutResult::Verdict::kCaused;
    // p and interval are the same test.
    if (std::abs(r.p - 0.05) > 0.01) {
      EXPECT_EQ(r.p <= 0.05, r.low > 0 || r.high < 0) << world;
    }
  }
  EXPECT_GE(held, worlds * 93 / 100);
  EXPECT_LE(held, worlds * 98 / 100);
  EXPECT_LE(false_alarms, worlds / 2 * 8 / 100);
  EXPECT_LE(apart, worlds * 8 / 100);
  EXPECT_GE(found, worlds / 2 * 80 / 100);
}

TEST(HoldOut, SizeOfARegionAndUnitOfTheMeasureDoNotMatter) {
  Random random(5);
  std::vector<TestRegion> regions = Regions(9, 4, 0.1, random);
  const HoldOutResult once = TestHoldOut(regions, 3).value();
  for (TestRegion& region : regions) {
    for (auto* weeks : {&region.before, &region.during})
      for (double& week : *weeks) week *= 40;
  }
  std::swap(regions.front(), regions.back());
  const HoldOutResult again = TestHoldOut(regions, 3).value();
  EXPECT_NEAR(again.effect, once.effect, 1e-12);
  EXPECT_NEAR(again.low, once.low, 1e-9);
  EXPECT_NEAR(again.high, once.high, 1e-9);
  EXPECT_NEAR(again.extra, 40 * once.extra, 1e-6);
  EXPECT_DOUBLE_EQ(again.p, once.p);
}

TEST(HoldOut, LeavingOutIsTheSameTestTurnedRound) {
  Random random(6);
  std::vector<TestRegion> regions = Regions(8, 4, 0.2, random);
  const HoldOutResult on = TestHoldOut(regions, 3).value();
  for (TestRegion& region : regions) region.changed = !region.changed;
  const HoldOutResult off = TestHoldOut(regions, 3).value();
  EXPECT_NEAR((1 + on.effect) * (1 + off.effect), 1, 1e-12);
  EXPECT_DOUBLE_EQ(on.p, off.p);
}

TEST(HoldOut, ManyRegionsAreSampledBySeed) {
  Random random(7);
  const std::vector<TestRegion> regions = Regions(24, 12, 0.1, random);
  const HoldOutResult a = TestHoldOut(regions, 11).value(), b = TestHoldOut(regions, 11).value();
  EXPECT_FALSE(a.all_assignments);
  EXPECT_EQ(a.assignments, 10000);
  EXPECT_EQ(a.low, b.low);
  EXPECT_EQ(a.p, b.p);
}

TEST(HoldOut, RegionsThatMovedApartBeforeProveNothing) {
  Random random(8);
  std::vector<TestRegion> regions = Regions(10, 5, 0.0, random, 0.02);
  for (TestRegion& region : regions) {
    if (!region.changed) continue;
    for (std::size_t w = 4; w < 8; ++w) region.before[w] *= 1.4;
  }
  EXPECT_EQ(TestHoldOut(regions, 1).value().verdict, HoldOutResult::Verdict::kApartBefore);
}

TEST(HoldOut, RefusesWithWhatIsNeeded) {
  Random random(9);
  const auto refusal = [](std::vector<TestRegion> regions) {
    const auto result = TestHoldOut(regions, 1);
    EXPECT_FALSE(result.ok());
    return result.ok() ? Error{} : result.error();
  };
  EXPECT_EQ(refusal({}).code, Code::kTooLittle);
  EXPECT_EQ(refusal(Regions(7, 3, 0, random)).code, Code::kTooLittle);
  EXPECT_EQ(refusal(Regions(8, 0, 0, random)).code, Code::kTooLittle);
  EXPECT_EQ(refusal(Regions(8, 8, 0, random)).code, Code::kTooLittle);
  EXPECT_EQ(refusal(Regions(8, 1, 0, random)).code, Code::kTooLittle);
  std::vector<TestRegion> regions = Regions(8, 4, 0, random);
  for (TestRegion& region : regions) region.during.pop_back();
  EXPECT_NE(ToSentence(refusal(regions)).find("3 in it"), std::string::npos);
  regions = Regions(8, 4, 0, random);
  regions[2].during[1] = -1;
  EXPECT_EQ(refusal(regions).code, Code::kInput);
  regions = Regions(8, 4, 0, random);
  regions[2].before.assign(8, 0.0);
  EXPECT_NE(ToSentence(refusal(regions)).find("'r2'"), std::string::npos);
  regions = Regions(8, 4, 0, random);
  regions[5].before.pop_back();
  EXPECT_EQ(refusal(regions).code, Code::kInput);
}

}  // namespace
}  // namespace backcast
