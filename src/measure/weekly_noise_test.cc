// SPDX-License-Identifier: Apache-2.0
#include "measure/weekly_noise.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "measure/random.h"
#include "measure/series_worlds.h"

namespace backcast {
namespace {

constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

double MeanMemory(const WeeklyNoise& noise) {
  double mean = 0;
  for (const NoiseCase& each : noise.cases) mean += each.weight * each.memory;
  return mean;
}

double MeanVariance(const WeeklyNoise& noise) {
  double mean = 0;
  for (const NoiseCase& each : noise.cases) mean += each.weight * each.variance;
  return mean;
}

/// The same from the textbook's formula with whole matrices.
WeeklyNoise FromMatrices(const std::vector<double>& weekly, const WeeklyNoise& like) {
  std::vector<double> at, value;
  for (std::size_t i = 0; i < weekly.size(); ++i) {
    if (!std::isfinite(weekly[i])) continue;
    at.push_back(static_cast<double>(i));
    value.push_back(weekly[i]);
  }
  const auto n = static_cast<Eigen::Index>(at.size());
  const Eigen::Map<const Eigen::VectorXd> y(value.data(), n);
  Eigen::MatrixXd x(n, 2);
  x << Eigen::VectorXd::Ones(n), Eigen::Map<const Eigen::VectorXd>(at.data(), n);
  WeeklyNoise noise;
  noise.degrees = static_cast<double>(n - 2);
  double most = -1e300, sum = 0;
  for (const NoiseCase& each : like.cases) {
    Eigen::MatrixXd correlation(n, n);
    for (Eigen::Index i = 0; i < n; ++i) {
      for (Eigen::Index j = 0; j < n; ++j)
        correlation(i, j) = std::pow(
            each.memory, std::abs(at[static_cast<std::size_t>(i)] - at[static_cast<std::size_t>(j)]));
    }
    const Eigen::MatrixXd inverse = correlation.inverse(), information = x.transpose() * inverse * x;
    const Eigen::VectorXd rest = y - x * information.inverse() * x.transpose() * inverse * y;
    const double squares = rest.dot(inverse * rest);
    noise.cases.push_back({each.memory, squares / noise.degrees,
                           -(std::log(correlation.determinant()) + std::log(information.determinant()) +
                             noise.degrees * std::log(squares)) /
                               2});
    most = std::max(most, noise.cases.back().weight);
  }
  for (NoiseCase& each : noise.cases) sum += each.weight = std::exp(each.weight - most);
  for (NoiseCase& each : noise.cases) each.weight /= sum;
  return noise;
}

TEST(NoiseOfWeeks, IsTheRestrictedLikelihoodGapsAndAll) {
  Random random(1);
  std::vector<double> weekly = Wander(random, 24, 0.4, 0.1);
  for (std::size_t week = 0; week < weekly.size(); ++week) weekly[week] += 0.02 * static_cast<double>(week);
  weekly[0] = weekly[7] = weekly[8] = weekly[20] = kNotKnown;
  const WeeklyNoise own = NoiseOfWeeks(weekly), other = FromMatrices(weekly, own);
  ASSERT_EQ(own.cases.size(), 9);
  EXPECT_EQ(own.degrees, 18);
  EXPECT_EQ(own.incidents, 0);
  for (std::size_t i = 0; i < own.cases.size(); ++i) {
    EXPECT_NEAR(own.cases[i].memory, 0.1 * static_cast<double>(i), 1e-12);
    EXPECT_NEAR(own.cases[i].weight, other.cases[i].weight, 1e-9) << own.cases[i].memory;
    EXPECT_NEAR(own.cases[i].variance / other.cases[i].variance, 1, 1e-9) << own.cases[i].memory;
  }
}

TEST(NoiseOfWeeks, ManyWeeksKnowTheirMemory) {
  Random random(2);
  for (const double memory : {0.0, 0.3, 0.6}) {
    const WeeklyNoise noise = NoiseOfWeeks(Wander(random, 400, memory, 0.2));
    EXPECT_NEAR(MeanMemory(noise), memory, 0.12);
    EXPECT_NEAR(std::sqrt(MeanVariance(noise)), 0.2, 0.03) << memory;
  }
}

TEST(NoiseOfWeeks, AnIncidentIsNoNoiseAndSeldomIsAUsualWeekOne) {
  Random random(3);
  int left_out = 0;
  for (int run = 0; run < 100; ++run) {
    std::vector<double> weekly = Wander(random, 30, 0.3, 0.1);
    const WeeklyNoise quiet = NoiseOfWeeks(weekly);
    left_out += quiet.incidents > 0;
    weekly[11] -= 1;
    const WeeklyNoise hurt = NoiseOfWeeks(weekly);
    EXPECT_EQ(hurt.incidents, quiet.incidents + 1) << run;
    EXPECT_LT(MeanVariance(hurt), 1.3 * MeanVariance(quiet)) << run;
  }
  EXPECT_LE(left_out, 12) << "of 100 series in which nothing happened";
}

TEST(NoiseAround, AYearThatTurnsIsLevelAndNotNoise) {
  Random random(5);
  std::vector<double> weekly = Wander(random, 104, 0.2, 0.1);
  for (std::size_t week = 0; week < weekly.size(); ++week)
    weekly[week] += 0.3 * std::sin(static_cast<double>(week) / 8.3);
  const WeeklyNoise line = NoiseAround(weekly, TrendAndYear(104, 0)),
                    year = NoiseAround(weekly, TrendAndYear(104, 1));
  EXPECT_GT(std::sqrt(MeanVariance(line)), 0.18);
  EXPECT_NEAR(std::sqrt(MeanVariance(year)), 0.1, 0.02);
  EXPECT_EQ(year.degrees, 100);
  Columns twice = TrendAndYear(104, 0);
  twice.push_back(twice[1]);
  EXPECT_TRUE(NoiseAround(weekly, twice).cases.empty()) << "a column that says nothing new";
}

TEST(ErrorOfSum, IsTheMixtureOfItsCases) {
  const WeeklyNoise noise{{{0, 4, 0.75}, {0.5, 9, 0.25}}, 1e6, 0};
  const SumError error = ErrorOfSum(noise, std::vector<double>{0.5, 0.5});
  const double white = 4 / 2.0, remembers = 9 * (1 + 0.5) / 2;
  EXPECT_NEAR(error.Variance(), 0.75 * white + 0.25 * remembers, 1e-12);
  const double half = error.HalfWidth(0.95);
  const auto outside = [&](double variance) { return std::erfc(half / std::sqrt(2 * variance)); };
  EXPECT_NEAR(0.75 * outside(white) + 0.25 * outside(remembers), 0.05, 1e-4);
  EXPECT_NEAR(error.TwoSidedP(half), 0.05, 1e-4);
  EXPECT_NEAR(ErrorOfSum(noise, std::vector<double>{0.5, 0.5}, 100).Variance(), 100, 1e-12);
  const SumError blind = ErrorOfSum({}, std::vector<double>{1}, 0.25);
  EXPECT_NEAR(blind.Variance(), 0.25, 1e-12);
  EXPECT_EQ(blind.degrees, 3);
}

TEST(NoiseOfWeeks, WhatIsOftenOutsideIsHowTheSeriesIs) {
  Random random(4);
  std::vector<double> weekly = Wander(random, 30, 0, 0.01);
  for (std::size_t week = 0; week < weekly.size(); week += 4) weekly[week] += 1;
  const WeeklyNoise noise = NoiseOfWeeks(weekly);
  EXPECT_EQ(noise.incidents, 0);
  EXPECT_GT(std::sqrt(MeanVariance(noise)), 0.3);
}

TEST(NoiseOfWeeks, FewWeeksAndStillOnes) {
  EXPECT_TRUE(NoiseOfWeeks(std::vector<double>{1, kNotKnown, 2, 1}).cases.empty());
  EXPECT_TRUE(NoiseOfWeeks({}).cases.empty());
  const WeeklyNoise still = NoiseOfWeeks(std::vector<double>(20, 3.5));
  ASSERT_FALSE(still.cases.empty());
  EXPECT_LT(MeanVariance(still), 1e-20);
  EXPECT_NEAR(std::accumulate(still.cases.begin(), still.cases.end(), 0.0,
                              [](double sum, const NoiseCase& each) { return sum + each.weight; }),
              1, 1e-12);
}

}  // namespace
}  // namespace backcast
