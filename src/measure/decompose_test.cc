// SPDX-License-Identifier: Apache-2.0
#include "measure/decompose.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace backcast {
namespace {

double Product(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 1.0, [](double a, double b) { return a * b; });
}

double Sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

TEST(LmdiContributions, AgreesWithAnIndependentSolution) {
  const std::vector<double> before{100, 0.2, 3}, now{80, 0.3, 4};
  const Decomposition decomposition = LmdiContributions(before, now).value();
  EXPECT_EQ(decomposition.method, DecompositionMethod::kLogMean);
  EXPECT_NEAR(decomposition.parts[0], -17.09171450485014, 1e-9);
  EXPECT_NEAR(decomposition.parts[1], 31.056662084330803, 1e-9);
  EXPECT_NEAR(decomposition.parts[2], 22.035052420519314, 1e-9);
}

TEST(LmdiContributions, GivesAZeroToShapley) {
  const std::vector<double> before{100, 0.2, 3}, now{80, 0, 4};
  const Decomposition decomposition = LmdiContributions(before, now).value();
  EXPECT_EQ(decomposition.method, DecompositionMethod::kShapley);
  EXPECT_NEAR(decomposition.parts[0], -20.0 / 3, 1e-9);
  EXPECT_NEAR(decomposition.parts[1], -188.0 / 3, 1e-9);
  EXPECT_NEAR(decomposition.parts[2], 28.0 / 3, 1e-9);
}

TEST(LmdiContributions, AlwaysSumsToTheChange) {
  std::mt19937_64 random(17);
  std::uniform_int_distribution<int> size(1, 9), kind(0, 19);
  std::normal_distribution<double> log_value(0, 2);
  int by_shapley = 0;
  for (int run = 0; run < 3000; ++run) {
    std::vector<double> before, now;
    for (int factor = size(random); factor > 0; --factor) {
      for (auto* side : {&before, &now}) {
        const int what = kind(random);
        side->push_back(what == 0 ? 0 : (what == 1 ? -1 : 1) * std::exp(log_value(random)));
      }
      if (kind(random) == 2) now.back() = before.back();
    }
    const Decomposition decomposition = LmdiContributions(before, now).value();
    by_shapley += decomposition.method == DecompositionMethod::kShapley;
    const double change = Product(now) - Product(before);
    double scale = std::abs(Product(now)) + std::abs(Product(before));
    for (const double part : decomposition.parts) scale = std::max(scale, std::abs(part));
    EXPECT_NEAR(Sum(decomposition.parts), change, 1e-11 * scale);
  }
  EXPECT_GT(by_shapley, 300);
  EXPECT_LT(by_shapley, 2700);
}

TEST(LmdiContributions, DoesNotDependOnTheOrderAndLeavesTheUnchangedAlone) {
  const std::vector<double> before{12, 0.4, 50, 1.1}, now{15, 0.3, 50, 1.2};
  const std::vector<double> before_turned{1.1, 50, 0.4, 12}, now_turned{1.2, 50, 0.3, 15};
  const auto parts = LmdiContributions(before, now).value().parts;
  const auto turned = LmdiContributions(before_turned, now_turned).value().parts;
  for (std::size_t factor = 0; factor < 4; ++factor) EXPECT_NEAR(parts[factor], turned[3 - factor], 1e-12);
  EXPECT_EQ(parts[2], 0);
}

TEST(LmdiContributions, StaysExactNearNoChange) {
  const std::vector<double> before{1000, 0.5}, now{1000 * (1 + 1e-12), 0.5 * (1 - 1e-12)};
  const auto parts = LmdiContributions(before, now).value().parts;
  EXPECT_NEAR(parts[0], 500e-12, 1e-12);
  EXPECT_NEAR(parts[1], -500e-12, 1e-12);
}

TEST(LmdiContributions, RefusesWhatIsNoProduct) {
  const std::vector<double> two{1, 2}, one{1}, eleven(11, 1.0);
  std::vector<double> with_zero = eleven;
  with_zero[3] = 0;
  EXPECT_FALSE(LmdiContributions(two, one).ok());
  EXPECT_FALSE(LmdiContributions({}, {}).ok());
  EXPECT_FALSE(LmdiContributions(std::vector<double>{std::nan("")}, one).ok());
  EXPECT_TRUE(LmdiContributions(eleven, eleven).ok());
  EXPECT_FALSE(LmdiContributions(eleven, with_zero).ok());
}

TEST(ShapleyOverFactors, IsNearTheLogMeanForSmallChanges) {
  const std::vector<double> before{120000, 0.021, 62}, now{150000, 0.0155, 66};
  const auto shapley = ShapleyOverFactors(before, now).value().parts;
  EXPECT_NEAR(shapley[0], 34985, 1e-6);
  EXPECT_NEAR(shapley[1], -47575, 1e-6);
  EXPECT_NEAR(shapley[2], 9800, 1e-6);
}

TEST(MixAndRate, ShowsALossThatNoSegmentHad) {
  const std::vector<double> w0{0.7, 0.3}, r0{0.04, 0.01}, w1{0.4, 0.6}, r1{0.044, 0.012};
  const MixRate split = MixAndRate(w0, r0, w1, r1).value();
  EXPECT_LT(split.now, split.before);
  EXPECT_GT(split.rate[0], 0);
  EXPECT_GT(split.rate[1], 0);
  EXPECT_NEAR(Sum(split.mix), -0.0093, 1e-12);
}

TEST(MixAndRate, AlwaysSumsToTheChange) {
  std::mt19937_64 random(19);
  std::uniform_real_distribution<double> any(0, 1);
  for (int run = 0; run < 500; ++run) {
    std::vector<double> w0(5), w1(5), r0(5), r1(5);
    for (auto* list : {&w0, &w1, &r0, &r1}) {
      for (double& value : *list) value = any(random);
    }
    w0[2] = 0;
    for (auto* weights : {&w0, &w1}) {
      const double sum = Sum(*weights);
      for (double& weight : *weights) weight /= sum;
    }
    const MixRate split = MixAndRate(w0, r0, w1, r1).value();
    EXPECT_NEAR(Sum(split.mix) + Sum(split.rate), split.now - split.before, 1e-12);
  }
}

TEST(MixAndRate, RefusesWeightsThatAreNone) {
  const std::vector<double> half{0.5, 0.5}, more{0.5, 0.6}, negative{1.5, -0.5}, one{1};
  EXPECT_FALSE(MixAndRate(half, half, more, half).ok());
  EXPECT_FALSE(MixAndRate(half, half, negative, half).ok());
  EXPECT_FALSE(MixAndRate(half, half, half, one).ok());
}

TEST(TheilSenSlope, IsTheMedianOfAllSlopes) {
  EXPECT_NEAR(TheilSenSlope(std::vector<double>{4, 1, 7, 3}).value(), 1.0 / 3, 1e-12);
  EXPECT_FALSE(TheilSenSlope(std::vector<double>{4}).ok());
  EXPECT_FALSE(TheilSenSlope(std::vector<double>{4, std::nan("")}).ok());
}

TEST(TheilSenSlope, IsNotBentByOneViralWeek) {
  std::vector<double> line;
  for (int week = 0; week < 20; ++week) line.push_back(3 + 2.0 * week);
  line[12] = 9000;
  line[5] = std::nan("");
  EXPECT_NEAR(TheilSenSlope(line).value(), 2, 1e-12);
}

}  // namespace
}  // namespace backcast
