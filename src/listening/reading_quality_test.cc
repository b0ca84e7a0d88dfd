// SPDX-License-Identifier: Apache-2.0
#include "listening/reading_quality.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "measure/random.h"

namespace backcast {
namespace {

/// How a reader that is often wrong reads negative, neutral and positive mentions.
constexpr double kReads[kTones][kTones] = {{0.65, 0.19, 0.16}, {0.18, 0.49, 0.33}, {0.04, 0.09, 0.87}};

std::size_t Pick(Random& random, const double (&chances)[kTones]) {
  const double at = random.Uniform();
  return at < chances[0] ? 0 : at < chances[0] + chances[1] ? 1 : 2;
}

Confusion Labelled(Random& random, int n, const double (&truth)[kTones]) {
  Confusion confusion;
  for (int i = 0; i < n; ++i) {
    const std::size_t label = Pick(random, truth);
    confusion.Add(static_cast<Tone>(label), static_cast<Tone>(Pick(random, kReads[label])));
  }
  return confusion;
}

TEST(QualityOf, IsThatOfKnownNumbers) {
  Confusion confusion;
  const double known[kTones][kTones] = {{5919, 1718, 1541}, {568, 1524, 1007}, {96, 202, 2065}};
  for (std::size_t i = 0; i < kTones; ++i) std::copy(known[i], known[i] + kTones, confusion.counts[i]);
  const auto quality = QualityOf(confusion);
  ASSERT_TRUE(quality);
  EXPECT_NEAR(quality->accuracy, (5919.0 + 1524 + 2065) / 14640, 1e-12);
  EXPECT_NEAR(quality->macro_f1, 0.603, 0.0005);
  EXPECT_NEAR(quality->tones[0].sensitivity, 5919.0 / 9178, 1e-12);
  EXPECT_NEAR(quality->tones[0].specificity, 1 - (568.0 + 96) / (3099 + 2363), 1e-12);
  EXPECT_LT(quality->interval.low, 0.650);
  EXPECT_GT(quality->interval.high, 0.650);
  EXPECT_FALSE(QualityOf({}));
}

TEST(CorrectTones, TakesTheReadersMistakesOutAndItsIntervalHoldsTheTruth) {
  const double truth[kTones] = {0.55, 0.30, 0.15};
  const double sample[kTones] = {0.4, 0.3, 0.3};  // labels need not be drawn from the same mix
  Random random(21);
  int holds = 0, plain_holds = 0;
  double bias = 0;
  constexpr int kWorlds = 60;
  for (int world = 0; world < kWorlds; ++world) {
    ToneCounts read;
    for (int i = 0; i < 3000; ++i) ++read.tones[Pick(random, kReads[Pick(random, truth)])];
    const auto corrected =
        CorrectTones(read, {}, Labelled(random, 400, sample), "world" + std::to_string(world));
    ASSERT_TRUE(corrected.ok());
    const double net = truth[2] - truth[0];
    bias += (corrected.value().net - net) / kWorlds;
    holds += corrected.value().interval.low <= net && net <= corrected.value().interval.high;
    const Interval plain = NetOf(read)->interval;
    plain_holds += plain.low <= net && net <= plain.high;
  }
  EXPECT_GE(holds, 52);
  EXPECT_LE(plain_holds, 3) << "as classified, the answer is wrong and sure of it";
  EXPECT_NEAR(bias, 0, 0.03);
}

TEST(CorrectTones, WhatTheExportSaysIsTakenAsItIs) {
  Random random(2);
  const double even[kTones] = {0.34, 0.33, 0.33};
  const ToneCounts told{{10, 20, 70}, 0};
  const auto corrected = CorrectTones({}, told, Labelled(random, 300, even), "x");
  ASSERT_TRUE(corrected.ok());
  EXPECT_NEAR(corrected.value().net, 0.6, 1e-12);
  EXPECT_NEAR(corrected.value().interval.low, NetOf(told)->interval.low, 0.02);
}

TEST(CorrectTones, SharesAreSharesAlsoWhereTheLabelsContradictThem) {
  Random random(4);
  const double even[kTones] = {0.34, 0.33, 0.33};
  const auto corrected = CorrectTones({{0, 0, 500}, 0}, {}, Labelled(random, 300, even), "x");
  ASSERT_TRUE(corrected.ok());
  double sum = 0;
  for (const double share : corrected.value().shares) {
    EXPECT_GE(share, 0);
    sum += share;
  }
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(CorrectTones, RefusesFewLabelsAndAReaderThatGuesses) {
  Random random(5);
  const double even[kTones] = {0.34, 0.33, 0.33}, no_positive[kTones] = {0.5, 0.5, 0};
  EXPECT_EQ(CorrectTones({{1, 1, 1}, 0}, {}, Labelled(random, 150, even), "x").error().code,
            Code::kTooLittle);
  const auto one_sided = CorrectTones({{1, 1, 1}, 0}, {}, Labelled(random, 300, no_positive), "x");
  ASSERT_FALSE(one_sided.ok());
  EXPECT_NE(one_sided.error().hint.find("0 positive"), std::string::npos);
  Confusion coin;
  for (auto& row : coin.counts) std::fill(row, row + kTones, 100.0);
  EXPECT_EQ(CorrectTones({{1, 1, 1}, 0}, {}, coin, "x").error().code, Code::kTooLittle);
}

TEST(CorrectTones, TheSameQuestionHasTheSameAnswer) {
  Random random(6);
  const double even[kTones] = {0.34, 0.33, 0.33};
  const Confusion labels = Labelled(random, 300, even);
  const auto once = CorrectTones({{50, 60, 70}, 0}, {}, labels, "x"),
             again = CorrectTones({{50, 60, 70}, 0}, {}, labels, "x");
  EXPECT_EQ(once.value().interval.low, again.value().interval.low);
  EXPECT_EQ(once.value().interval.high, again.value().interval.high);
}

}  // namespace
}  // namespace backcast
