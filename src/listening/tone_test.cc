// SPDX-License-Identifier: Apache-2.0
#include "listening/tone.h"

#include <gtest/gtest.h>

#include <cmath>

#include "listening/tone_drivers.h"
#include "measure/random.h"

namespace backcast {
namespace {

ToneCounts Counts(double negative, double neutral, double positive) {
  return {{negative, neutral, positive}, 0};
}

ToneCounts Drawn(Random& random, double n, double negative, double positive) {
  const double low = random.Binomial(n, negative);
  const double high = random.Binomial(n - low, positive / (1 - negative));
  return Counts(low, n - low - high, high);
}

TEST(NetOf, IsThatOfKnownNumbersAndItsIntervalThatOfAPromoterScore) {
  const auto net = NetOf(Counts(20, 30, 50));
  ASSERT_TRUE(net);
  EXPECT_NEAR(net->value, 0.30, 1e-12);
  EXPECT_NEAR(net->interval.high - net->interval.low, 2 * 1.959964 * std::sqrt((0.7 - 0.09) / 100), 1e-4);
  EXPECT_EQ(net->n, 100);
  EXPECT_FALSE(NetOf({{0, 0, 0}, 7}));
}

TEST(NetOf, FewMentionsOfOneToneAreNotCertain) {
  const auto praise = NetOf(Counts(0, 0, 3)), silence = NetOf(Counts(0, 3, 0));
  EXPECT_EQ(praise->value, 1);
  EXPECT_LT(praise->interval.low, 0);
  EXPECT_EQ(praise->interval.high, 1);
  EXPECT_LT(silence->interval.low, -0.5);
  EXPECT_GT(silence->interval.high, 0.5);
  EXPECT_GT(NetOf(Counts(0, 0, 1000))->interval.low, 0.99);
}

TEST(ToneOf, TheCutIsThatOfTheMetric) {
  EXPECT_EQ(ToneOf(0.05), Tone::kPositive);
  EXPECT_EQ(ToneOf(-0.05), Tone::kNegative);
  EXPECT_EQ(ToneOf(0.049), Tone::kNeutral);
}

TEST(CompareTones, SaysTooLittleBelowFiftyAndWhatIsNeeded) {
  const TonePair pair{Counts(10, 20, 19), Counts(100, 100, 100)};
  const ToneChange change = CompareTones(std::vector{pair})[0];
  EXPECT_EQ(change.verdict, ToneVerdict::kTooLittle);
  EXPECT_EQ(change.needs, "have 49 classified now and 300 before, need 50 in each");
}

TEST(CompareTones, AChangeIsFoundAndNamedByItsSign) {
  const std::vector<TonePair> pairs = {{Counts(50, 100, 150), Counts(150, 100, 50)},
                                       {Counts(150, 100, 50), Counts(50, 100, 150)}};
  const auto changes = CompareTones(pairs);
  EXPECT_EQ(changes[0].verdict, ToneVerdict::kBetter);
  EXPECT_EQ(changes[1].verdict, ToneVerdict::kWorse);
  EXPECT_NEAR(changes[0].difference, 2.0 / 3, 1e-12);
}

TEST(CompareTones, WorldsWithoutAChangeSeldomHaveOneCalled) {
  Random random(11);
  int worlds_with_a_call = 0;
  constexpr int kWorlds = 400;
  for (int world = 0; world < kWorlds; ++world) {
    std::vector<TonePair> pairs;
    for (int brand = 0; brand < 6; ++brand)
      pairs.push_back({Drawn(random, 120, 0.4, 0.3), Drawn(random, 200, 0.4, 0.3)});
    bool called = false;
    for (const ToneChange& change : CompareTones(pairs))
      called = called || change.verdict == ToneVerdict::kBetter || change.verdict == ToneVerdict::kWorse;
    worlds_with_a_call += called ? 1 : 0;
  }
  EXPECT_LE(worlds_with_a_call, kWorlds * 0.07);
}

TEST(DriversOf, PartsAddUpToTheChangeExactly) {
  Random random(3);
  for (int world = 0; world < 200; ++world) {
    std::vector<TonePair> groups;
    ToneCounts now, before;
    for (int group = 0; group < 7; ++group) {
      // Groups that nobody spoke of in one of the periods are among them.
      const double n = group == 5 ? 0 : 30 + static_cast<double>(random.Below(50));
      const double m = group == 6 ? 0 : 30 + static_cast<double>(random.Below(50));
      groups.push_back(
          {Drawn(random, n, random.Uniform() / 2, 0.3), Drawn(random, m, random.Uniform() / 2, 0.2)});
      for (std::size_t tone = 0; tone < kTones; ++tone) {
        now.tones[tone] += groups.back().now.tones[tone];
        before.tones[tone] += groups.back().before.tones[tone];
      }
    }
    const auto drivers = DriversOf(groups);
    ASSERT_TRUE(drivers.ok());
    double sum = 0;
    for (const ToneDriver& driver : drivers.value().groups) sum += driver.contribution();
    EXPECT_NEAR(sum, NetOf(now)->value - NetOf(before)->value, 1e-12);
    EXPECT_NEAR(drivers.value().now, NetOf(now)->value, 1e-12);
    EXPECT_EQ(drivers.value().groups[5].rate, 0);
    EXPECT_EQ(drivers.value().groups[6].rate, 0);
  }
}

TEST(DriversOf, AMovedGroupIsRateAndAGrownOneIsMix) {
  const std::vector<TonePair> moved = {{Counts(80, 0, 20), Counts(20, 0, 80)},
                                       {Counts(50, 0, 50), Counts(50, 0, 50)}};
  const auto rate = DriversOf(moved).value();
  EXPECT_NEAR(rate.groups[0].rate, -0.6, 1e-12);
  EXPECT_NEAR(rate.groups[0].mix, 0, 1e-12);
  EXPECT_NEAR(rate.groups[1].contribution(), 0, 1e-12);
  const std::vector<TonePair> grown = {{Counts(150, 0, 0), Counts(50, 0, 0)},
                                       {Counts(0, 0, 50), Counts(0, 0, 150)}};
  const auto mix = DriversOf(grown).value();
  EXPECT_LT(mix.groups[0].mix, -0.4);
  EXPECT_EQ(mix.groups[0].rate, 0);
}

TEST(DriversOf, RefusesTooLittle) {
  EXPECT_EQ(DriversOf(std::vector<TonePair>{{Counts(1, 2, 3), Counts(100, 100, 100)}}).error().code,
            Code::kTooLittle);
}

}  // namespace
}  // namespace backcast
