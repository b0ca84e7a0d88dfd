// SPDX-License-Identifier: Apache-2.0
#include "content/post_curve.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measure/random.h"

namespace backcast {
namespace {

TEST(AtAge, ReadsBetweenReadingsAndInventsNothing) {
  const PostCurve curve = {{1, 10}, {5, 30}, {8, 36}, {20, 60}};
  EXPECT_EQ(AtAge(curve, 8), 36);
  EXPECT_EQ(AtAge(curve, 7), 34);
  EXPECT_FALSE(AtAge(curve, 0.5)) << "before the first reading";
  EXPECT_FALSE(AtAge(curve, 21)) << "after the last";
  EXPECT_FALSE(AtAge(curve, 12)) << "twelve days between two readings";
  EXPECT_FALSE(AtAge({}, 7));
}

TEST(AgainstPast, NeedsNinePosts) {
  EXPECT_EQ(AgainstPast(5, std::vector<double>(8, 1)).answer, AgainstUsual::kTooLittle);
  const std::vector<double> nine = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const UsualBand usual = AgainstPast(9.5, nine);
  EXPECT_EQ(usual.answer, AgainstUsual::kAbove);
  EXPECT_EQ(usual.posts, 9);
  EXPECT_DOUBLE_EQ(usual.median, 5);
  EXPECT_DOUBLE_EQ(usual.level, 0.8);
  EXPECT_EQ(AgainstPast(9, nine).answer, AgainstUsual::kWithin);
  EXPECT_EQ(AgainstPast(0, nine).answer, AgainstUsual::kBelow);
}

TEST(AgainstPast, HoldsItsLevelForAnyDistribution) {
  Random random(11);
  int within = 0;
  constexpr int kWorlds = 4000;
  double level = 0;
  for (int world = 0; world < kWorlds; ++world) {
    std::vector<double> past;
    for (int i = 0; i < 25; ++i) past.push_back(std::exp(1.2 * random.Normal()));
    const UsualBand usual = AgainstPast(std::exp(1.2 * random.Normal()), past);
    within += usual.answer == AgainstUsual::kWithin;
    level = usual.level;
  }
  EXPECT_NEAR(static_cast<double>(within) / kWorlds, level, 0.02);
}

TEST(AgainstNearbyAges, CarriesPastReadingsAlongTheirSlope) {
  // Every past post grows as 100 * age^0.7 hours; readings stand at other ages than the new post's.
  std::vector<CurvePoint> past;
  for (int i = 0; i < 30; ++i) {
    const double hours = 0.6 + 0.045 * i;
    past.push_back(
        {hours / 24, std::expm1(std::log(101.0) + 0.7 * std::log(hours)) * (1 + 0.01 * (i % 3 - 1))});
  }
  past.push_back({3, 100000});  // days later: no help
  const UsualBand usual = AgainstNearbyAges({1.0 / 24, 100}, past);
  EXPECT_EQ(usual.posts, 30);
  EXPECT_NEAR(usual.median, 100, 3);
  EXPECT_EQ(usual.answer, AgainstUsual::kWithin);
  EXPECT_EQ(AgainstNearbyAges({1.0 / 24, 160}, past).answer, AgainstUsual::kAbove);
  EXPECT_EQ(AgainstNearbyAges({1.0 / 24, 60}, past).answer, AgainstUsual::kBelow);
}

}  // namespace
}  // namespace backcast
