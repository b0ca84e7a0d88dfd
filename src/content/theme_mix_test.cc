// SPDX-License-Identifier: Apache-2.0
#include "content/theme_mix.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measure/random.h"

namespace backcast {
namespace {

ThemeLifts Themes(const std::vector<std::pair<double, ThemeVerdict>>& list) {
  ThemeLifts lifts;
  for (const auto& [weight, verdict] : list) {
    ThemeEffect effect;
    effect.theme = "t" + std::to_string(lifts.themes.size());
    effect.weight = weight;
    effect.verdict = verdict;
    lifts.themes.push_back(effect);
  }
  return lifts;
}

using enum ThemeVerdict;

TEST(MixToTry, GrowsAWinnerAtTheCostOfALoser) {
  const auto mix = MixToTry(Themes({{20, kTryMore}, {50, kKeep}, {30, kDrop}}));
  EXPECT_NEAR(mix[0].now, 0.2, 1e-12);
  EXPECT_NEAR(mix[0].to_try, 0.3, 1e-12);
  EXPECT_NEAR(mix[1].to_try, 0.5, 1e-12);
  EXPECT_NEAR(mix[2].to_try, 0.2, 1e-12);
}

TEST(MixToTry, MovesNothingWithoutAVerdict) {
  for (const MixShare& share : MixToTry(Themes({{20, kKeep}, {50, kNoDifferenceSeen}, {3, kTooLittle}})))
    EXPECT_DOUBLE_EQ(share.now, share.to_try);
}

TEST(MixToTry, NeverMakesOneThemeEverything) {
  Random random(3);
  const ThemeVerdict verdicts[] = {kTryMore, kKeep, kNoDifferenceSeen, kDrop, kTooLittle};
  for (int world = 0; world < 2000; ++world) {
    std::vector<std::pair<double, ThemeVerdict>> list;
    const int n = 1 + static_cast<int>(random.Below(9));
    for (int i = 0; i < n; ++i) list.emplace_back(1 + random.Below(60), verdicts[random.Below(5)]);
    double now = 0, then = 0;
    for (const MixShare& share : MixToTry(Themes(list))) {
      now += share.now;
      then += share.to_try;
      ASSERT_LE(std::abs(share.to_try - share.now), kMostMoved + 1e-12);
      ASSERT_LE(share.to_try, std::max(share.now, kMostOfOneTheme) + 1e-12);
      ASSERT_GE(share.to_try, 0);
    }
    ASSERT_NEAR(now, 1, 1e-12);
    ASSERT_NEAR(then, 1, 1e-12);
  }
}

TEST(Concentration, IsOneForASingleTheme) {
  EXPECT_DOUBLE_EQ(Concentration(MixToTry(Themes({{9, kKeep}}))), 1);
  EXPECT_DOUBLE_EQ(Concentration(MixToTry(Themes({{5, kKeep}, {5, kKeep}}))), 0.5);
}

}  // namespace
}  // namespace backcast
