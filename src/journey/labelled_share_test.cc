// SPDX-License-Identifier: Apache-2.0
#include "journey/labelled_share.h"

#include <gtest/gtest.h>

#include "measure/random.h"

namespace backcast {
namespace {

TEST(CorrectShare, BringsBackTheTrueShareAndItsIntervalHoldsIt) {
  Random random(17);
  constexpr double kTruth = 0.12, kSensitivity = 0.7, kSpecificity = 0.9;
  int held = 0;
  constexpr int kWorlds = 200;
  for (int world = 0; world < kWorlds; ++world) {
    const double bots = random.Binomial(800, kTruth);
    const double found = random.Binomial(bots, kSensitivity) + random.Binomial(800 - bots, 1 - kSpecificity);
    Labels labels;
    labels.true_found = random.Binomial(150, kSensitivity);
    labels.true_missed = 150 - labels.true_found;
    labels.false_passed = random.Binomial(150, kSpecificity);
    labels.false_found = 150 - labels.false_passed;
    const auto corrected = CorrectShare(found, 800, labels, 200, std::to_string(world));
    ASSERT_TRUE(corrected.ok());
    held += corrected.value().interval.low <= kTruth && kTruth <= corrected.value().interval.high ? 1 : 0;
  }
  EXPECT_GE(held, kWorlds * 0.91);
}

TEST(CorrectShare, SameQuestionSameAnswer) {
  const Labels labels{80, 20, 10, 90};
  const auto a = CorrectShare(60, 400, labels, 200, "x"), b = CorrectShare(60, 400, labels, 200, "x");
  EXPECT_EQ(a.value().interval.low, b.value().interval.low);
  EXPECT_NEAR(a.value().share, (0.15 + 0.9 - 1) / (0.8 + 0.9 - 1), 1e-12);
}

TEST(CorrectShare, RefusesWithoutLabelsOrSkill) {
  EXPECT_FALSE(CorrectShare(60, 400, {50, 10, 5, 55}, 200, "").ok());
  EXPECT_FALSE(CorrectShare(60, 400, {5, 2, 5, 300}, 200, "").ok());
  EXPECT_FALSE(CorrectShare(60, 400, {50, 50, 50, 50}, 200, "").ok());
  EXPECT_FALSE(CorrectShare(0, 0, {80, 20, 10, 90}, 200, "").ok());
}

TEST(QualityOf, IsPrecisionAndRecall) {
  const RuleQuality quality = QualityOf({144, 56, 10, 984});
  EXPECT_EQ(quality.found, 154);
  EXPECT_NEAR(quality.right / quality.found, 0.9351, 5e-5);
  EXPECT_NEAR(quality.right / quality.of, 0.72, 1e-12);
  EXPECT_LT(quality.precision->low, 0.9351);
  EXPECT_FALSE(QualityOf({}).precision);
}

}  // namespace
}  // namespace backcast
