// SPDX-License-Identifier: Apache-2.0
#include "journey/cohort.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measure/random.h"

namespace backcast {
namespace {

TEST(ReadCohort, CountsWhoGotThereAndWhoIsOpen) {
  const std::vector<std::optional<double>> days = {1.0, 2.0, -0.5, std::nullopt, std::nullopt};
  const std::vector<double> observed = {10, 10, 10, 10, 3};
  const CohortStep step = ReadCohort(days, observed, 5);
  EXPECT_EQ(step.began, 5);
  EXPECT_EQ(step.reached, 3);
  EXPECT_EQ(step.open, 2);
  EXPECT_EQ(step.before_start, 1);
  EXPECT_FALSE(step.median);
  EXPECT_NE(step.median_needs.find("need about 6"), std::string::npos);
  EXPECT_DOUBLE_EQ(step.median_of_reached->value, 1);
  ASSERT_TRUE(step.within);
  EXPECT_GT(step.within->share, 0.59);
}

TEST(MaturedCounts, OnlyThoseWhoHadTheTime) {
  const std::vector<std::optional<double>> days = {1.0, 9.0, std::nullopt, 1.0};
  const std::vector<double> observed = {10, 10, 5, 4};
  const StepCounts counts = MaturedCounts(days, observed, 5);
  EXPECT_EQ(counts.from, 3);
  EXPECT_EQ(counts.to, 1);
  EXPECT_TRUE(counts.part_of);
}

TEST(ReadCohort, NobodyBegan) {
  const CohortStep step = ReadCohort({}, {}, 30);
  EXPECT_EQ(step.began, 0);
  EXPECT_FALSE(step.within);
}

/// An extract in the middle: what only those who got there say is too short; the curve is right.
TEST(ReadCohort, OpenOnesAreNotForgotten) {
  Random random(11);
  std::vector<std::optional<double>> days;
  std::vector<double> observed;
  for (int i = 0; i < 4000; ++i) {
    const double time = -20 * std::log(1 - random.Uniform()), seen = 30 * random.Uniform();
    days.push_back(time <= seen ? std::optional(time) : std::nullopt);
    observed.push_back(seen);
  }
  const CohortStep step = ReadCohort(days, observed, 10);
  const double truth = 20 * std::log(2);
  ASSERT_TRUE(step.median && step.median->value);
  EXPECT_NEAR(*step.median->value, truth, 1.0);
  EXPECT_LT(step.median_of_reached->value, 0.75 * truth);
  EXPECT_NEAR(step.within->share, 1 - std::exp(-0.5), 0.03);
}

}  // namespace
}  // namespace backcast
