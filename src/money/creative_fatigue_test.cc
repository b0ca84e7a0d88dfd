// SPDX-License-Identifier: Apache-2.0
#include "money/creative_fatigue.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "measure/random.h"

namespace backcast {
namespace {

/// An ad whose rate falls by `fall` (share of the first rate) over its life, whose days differ by `spread` on
/// ln and remember each other by `memory`.
CreativeDays Ad(Random& random, int days, double impressions, double rate, double fall, double spread = 0,
                double memory = 0) {
  CreativeDays ad;
  double level = spread * random.Normal();
  for (int day = 0; day < days; ++day) {
    level = memory * level + spread * std::sqrt(1 - memory * memory) * random.Normal();
    const double shown = random.Poisson(impressions * (day % 7 > 4 ? 0.7 : 1));
    const double now = rate * std::exp(std::log(1 - fall) * day / (days - 1) + level - spread * spread / 2);
    ad.impressions.push_back(shown);
    ad.clicks.push_back(random.Binomial(shown, now));
  }
  return ad;
}

TEST(JudgeCreatives, AFallIsFoundAndNamed) {
  Random random(3);
  const std::vector<CreativeDays> ads = {Ad(random, 42, 3000, 0.02, 0.6), Ad(random, 42, 3000, 0.02, 0),
                                         Ad(random, 42, 3000, 0.01, 0)};
  const std::vector<Fatigue> found = JudgeCreatives(ads);
  EXPECT_EQ(found[0].verdict, Fatigue::Verdict::kTired);
  EXPECT_LT(*found[0].estimate, -0.3);
  EXPECT_EQ(found[0].ads, 0);
  EXPECT_EQ(found[0].days, 42);
  EXPECT_EQ(found[1].verdict, Fatigue::Verdict::kNoFallShown);
  EXPECT_EQ(found[2].verdict, Fatigue::Verdict::kNoFallShown);
}

TEST(JudgeCreatives, ComparesTheFirstWeekWithTheLast) {
  CreativeDays ad;
  for (int day = 0; day < 21; ++day) {
    ad.impressions.push_back(1000);
    ad.clicks.push_back(day < 7 ? 20 : day < 14 ? 500 : 10);
  }
  const Fatigue found = JudgeCreatives(std::vector<CreativeDays>{ad})[0];
  EXPECT_DOUBLE_EQ(found.first, 0.02);
  EXPECT_DOUBLE_EQ(found.last, 0.01);
  EXPECT_DOUBLE_EQ(found.change, -0.5);
}

TEST(JudgeCreatives, WhatAllAdsDidIsSaid) {
  Random random(4);
  std::vector<CreativeDays> ads;
  for (int i = 0; i < 5; ++i) ads.push_back(Ad(random, 42, 3000, 0.02, 0.4));
  for (const Fatigue& one : JudgeCreatives(ads)) {
    EXPECT_EQ(one.ads, 5);
    EXPECT_NEAR(one.together, std::pow(0.6, 35.0 / 41) - 1, 0.06);
  }
}

TEST(JudgeCreatives, DaysWithoutItAreLeftOut) {
  Random random(5);
  CreativeDays ad = Ad(random, 30, 2000, 0.02, 0.3), paused = ad;
  paused.impressions.insert(paused.impressions.begin() + 15, 40, std::numeric_limits<double>::quiet_NaN());
  paused.clicks.insert(paused.clicks.begin() + 15, 40, 0);
  const Fatigue one = JudgeCreatives(std::vector<CreativeDays>{ad})[0],
                other = JudgeCreatives(std::vector<CreativeDays>{paused})[0];
  EXPECT_EQ(one.days, other.days);
  EXPECT_EQ(one.change, other.change);
}

TEST(JudgeCreatives, TooLittleSaysWhatIsNeeded) {
  Random random(7);
  const std::vector<CreativeDays> ads = {
      Ad(random, 13, 3000, 0.02, 0), Ad(random, 20, 100, 0.02, 0), Ad(random, 20, 2000, 0.0001, 0), {}};
  const std::vector<Fatigue> found = JudgeCreatives(ads);
  EXPECT_EQ(found[0].needs, "shown on 13 days, need 14");
  EXPECT_NE(found[1].needs.find("need 5000"), std::string::npos);
  EXPECT_NE(found[2].needs.find("clicks"), std::string::npos);
  for (const Fatigue& one : found) {
    EXPECT_EQ(one.verdict, Fatigue::Verdict::kTooLittle);
    EXPECT_FALSE(one.interval);
  }
}

/// Shares over simulated accounts of `ads` ads each: of those that do not fall, called tired; of those that
/// fall by a half, found; of all, whose interval holds the true change.
struct Found {
  double falsely = 0, rightly = 0, held = 0;
};
Found InWorlds(int ads, double spread, double memory, int days) {
  Random random(11);
  int still = 0, falling = 0, held = 0;
  Found found;
  for (int world = 0; world < 120; ++world) {
    std::vector<CreativeDays> account;
    for (int i = 0; i < ads; ++i)
      account.push_back(Ad(random, days, 3000, 0.015, i % 3 == 0 ? 0.5 : 0, spread, memory));
    const std::vector<Fatigue> judged = JudgeCreatives(account);
    for (int i = 0; i < ads; ++i) {
      const Fatigue& one = judged[static_cast<std::size_t>(i)];
      const bool tired = one.verdict == Fatigue::Verdict::kTired;
      // Between the middles of both weeks lies a little less than the whole fall.
      const double truth = i % 3 == 0 ? std::pow(0.5, (days - 7.0) / (days - 1)) - 1 : 0;
      held += one.interval->low <= truth && truth <= one.interval->high ? 1 : 0;
      (i % 3 == 0 ? falling : still) += 1;
      (i % 3 == 0 ? found.rightly : found.falsely) += tired ? 1 : 0;
    }
  }
  found.held = static_cast<double>(held) / (still + falling);
  found.falsely /= std::max(1, still);
  found.rightly /= std::max(1, falling);
  return found;
}

TEST(JudgeCreatives, KeepsItsPromiseWhereDaysRememberEachOther) {
  for (const int ads : {3, 9}) {
    for (const double memory : {0.0, 0.5}) {
      for (const double spread : {0.0, 0.15, 0.3}) {
        const Found found = InWorlds(ads, spread, memory, 42);
        const std::string world = std::to_string(ads) + " ads, spread " + std::to_string(spread) +
                                  ", memory " + std::to_string(memory);
        EXPECT_LE(found.falsely, 0.05) << world;
        EXPECT_GE(found.held, 0.9) << world;
        if (spread < 0.2) EXPECT_GE(found.rightly, 0.8) << world;
      }
    }
  }
}

}  // namespace
}  // namespace backcast
