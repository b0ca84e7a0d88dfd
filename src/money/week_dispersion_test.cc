// SPDX-License-Identifier: Apache-2.0
#include "money/week_dispersion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "measure/random.h"

namespace backcast {
namespace {

std::vector<double> Weeks(Random& random, int weeks, double mean, double spread, double memory = 0) {
  std::vector<double> counts;
  double level = spread * random.Normal();
  for (int i = 0; i < weeks; ++i) {
    level = memory * level + spread * std::sqrt(1 - memory * memory) * random.Normal();
    counts.push_back(random.Poisson(mean * std::exp(level - spread * spread / 2)));
  }
  return counts;
}

double MeanFactor(double mean, double spread, double memory, double period_weeks) {
  Random random(5);
  double sum = 0;
  for (int i = 0; i < 400; ++i)
    sum += DispersionOf(Weeks(random, 26, mean, spread, memory), period_weeks).factor;
  return sum / 400;
}

TEST(DispersionOf, ChanceAloneIsNearOne) { EXPECT_LT(MeanFactor(30, 0, 0, 4), 1.5); }

TEST(DispersionOf, SeesClustersAndTheirMemory) {
  const double one_week = MeanFactor(60, 0.3, 0, 1);  // 1 + 60 * 0.094 = 6.6
  EXPECT_NEAR(one_week, 6.6 * 1.11, 1.2);
  EXPECT_GT(MeanFactor(60, 0.3, 0.6, 4), 1.2 * one_week);
}

TEST(DispersionOf, ALineIsNoDispersion) {
  std::vector<double> rising;
  for (int i = 0; i < 26; ++i) rising.push_back(20 + 4 * i);
  EXPECT_EQ(DispersionOf(rising, 4).factor, 1);
}

TEST(DispersionOf, SaysWhenItKnowsNothing) {
  EXPECT_EQ(DispersionOf({}, 4).weeks, 0);
  EXPECT_EQ(DispersionOf(std::vector<double>(7, 3.0), 4).weeks, 0);
  EXPECT_EQ(DispersionOf(std::vector<double>(20, 0.0), 4).weeks, 0);
  EXPECT_EQ(DispersionOf(std::vector<double>(20, std::numeric_limits<double>::quiet_NaN()), 4).weeks, 0);
}

TEST(DispersionOf, WeeksThatAreNotKnownAreLeftOut) {
  std::vector<double> weeks = {8, 12, 9, 11, 10, 12, 7, 10, 11, 9, 40, 10};
  EXPECT_GT(DispersionOf(weeks, 1).factor, 3);
  weeks[10] = std::numeric_limits<double>::quiet_NaN();
  const Dispersion quiet = DispersionOf(weeks, 1);
  EXPECT_EQ(quiet.weeks, 11);
  EXPECT_EQ(quiet.factor, 1);
}

}  // namespace
}  // namespace backcast
