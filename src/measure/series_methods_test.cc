// SPDX-License-Identifier: Apache-2.0
// Random numbers, regression, before and after, false-discovery control: exact small cases
// and seeded worlds; larger ones are in truth/.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "measure/ar1_least_squares.h"
#include "measure/before_after.h"
#include "measure/benjamini_hochberg.h"
#include "measure/distributions.h"
#include "measure/random.h"
#include "measure/regression.h"
#include "measure/robust.h"
#include "measure/series_worlds.h"

namespace backcast {
namespace {

TEST(Random, SameSeedSameNumbersAndTheMomentsOfItsName) {
  Random one(7), two(7), other(8);
  EXPECT_EQ(one.Next(), two.Next());
  EXPECT_NE(one.Next(), other.Next());
  EXPECT_EQ(SeedOf("a>b"), SeedOf("a>b"));
  EXPECT_NE(SeedOf("a>b"), SeedOf("b>a"));
  double sum = 0, squares = 0, counts = 0, successes = 0;
  for (int i = 0; i < 20000; ++i) {
    const double normal = one.Normal();
    sum += normal;
    squares += normal * normal;
    counts += one.Poisson(3.5);
    successes += one.Binomial(40, 0.1);
  }
  EXPECT_NEAR(sum / 20000, 0, 0.03);
  EXPECT_NEAR(squares / 20000, 1, 0.05);
  EXPECT_NEAR(counts / 20000, 3.5, 0.06);
  EXPECT_NEAR(successes / 20000, 4, 0.06);
  std::vector<double> order = {1, 2, 3, 4, 5};
  one.Shuffle(order);
  std::sort(order.begin(), order.end());
  EXPECT_EQ(order, (std::vector<double>{1, 2, 3, 4, 5}));
}

TEST(BenjaminiHochberg, TheReferenceVector) {
  const std::vector<double> adjusted = BenjaminiHochberg(
      std::vector<double>{0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216});
  const std::vector<double> expected = {0.01,  0.04,  0.084, 0.084, 0.084, 0.1, 0.10571428571428572,
                                        0.216, 0.216, 0.216};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(adjusted[i], expected[i], 1e-12);
  EXPECT_TRUE(BenjaminiHochberg({}).empty());
}

TEST(LeastSquares, FindsTheLineAndRefusesWhatHasNoAnswer) {
  const Columns columns = {{1, 1, 1, 1, 1}, {0, 1, 2, 3, 4}};
  const auto fit = LeastSquares(std::vector<double>{1, 3, 5, 7, 9}, columns);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->coefficients[0], 1, 1e-12);
  EXPECT_NEAR(fit->coefficients[1], 2, 1e-12);
  EXPECT_EQ(fit->degrees, 3);
  EXPECT_FALSE(LeastSquares(std::vector<double>{1, 2}, Columns{{1, 1}, {0, 1}}));
  EXPECT_FALSE(LeastSquares(std::vector<double>{1, 2, 3, 4}, Columns{{1, 1, 1, 1}, {2, 2, 2, 2}}));
}

TEST(Ar1LeastSquares, ItsIntervalHoldsInShortSeriesThatRemember) {
  Random random(4);
  constexpr int kRuns = 300, kWeeks = 30;
  int averaged = 0, ordinary = 0;
  for (int run = 0; run < kRuns; ++run) {
    Columns columns = TrendAndYear(kWeeks, 0);
    columns.insert(columns.begin(), Wander(random, kWeeks, 0.8, 1));
    std::vector<double> y = Wander(random, kWeeks, 0.8, 1);
    for (int i = 0; i < kWeeks; ++i)
      y[static_cast<std::size_t>(i)] += 0.5 * columns[0][static_cast<std::size_t>(i)];
    const auto holds = [](const std::optional<Regression>& fit) {
      return std::abs(fit->coefficients[0] - 0.5) <= StudentCritical(0.95, fit->degrees) * fit->errors[0];
    };
    averaged += holds(Ar1LeastSquares(y, columns));
    ordinary += holds(LeastSquares(y, columns));
  }
  EXPECT_GE(averaged, 0.92 * kRuns) << "and without memory: " << ordinary;
  EXPECT_LE(averaged, 0.985 * kRuns);
  EXPECT_LT(ordinary, 0.9 * kRuns) << "these series are not hard enough to tell";
}

TEST(Ar1LeastSquares, KnowsALongMemoryAndRefusesWhatHasNoAnswer) {
  Random random(3);
  std::vector<double> y = Wander(random, 400, 0.6, 1);
  for (double& value : y) value += 5;
  const auto fit = Ar1LeastSquares(y, Columns{std::vector<double>(400, 1)});
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->memory, 0.6, 0.1);
  EXPECT_NEAR(fit->coefficients[0], 5, 0.4);
  EXPECT_FALSE(Ar1LeastSquares(std::vector<double>{1, 2, 3}, Columns{{1, 1, 1}}));
  EXPECT_FALSE(Ar1LeastSquares(std::vector<double>{1, 2, 3, 4, 5, 6},
                               Columns{{1, 1, 1, 1, 1, 1}, {2, 2, 2, 2, 2, 2}}));
}

TEST(Robust, SingleWeeksDoNotMoveCentreAndSpread) {
  EXPECT_EQ(Median({3, 1, 2}), 2);
  EXPECT_EQ(Median({4, 1, 2, 3}), 2.5);
  EXPECT_NEAR(RobustDeviation({1, 2, 3, 4, 1000}), 1.4826, 1e-9);
}

TEST(TestBeforeAfter, AStepIsFoundAndItsDirectionIsHeld) {
  Random random(41);
  std::vector<double> days = Wander(random, 200, 0.3, 0.1);
  for (std::size_t i = 150; i < 200; ++i) days[i] -= 0.5;
  BeforeAfterQuestion question{days, 150, -1};
  const BeforeAfter fell = TestBeforeAfter(question);
  EXPECT_EQ(fell.verdict, BeforeAfter::Verdict::kChanged);
  EXPECT_LT(fell.high, 0);
  EXPECT_LE(fell.low, -0.5);
  EXPECT_GE(fell.high, -0.7);
  question.direction = 1;
  EXPECT_EQ(TestBeforeAfter(question).verdict, BeforeAfter::Verdict::kChangedAgainst);
  const BeforeAfter young = TestBeforeAfter({std::span(days).first(160), 150, -1});
  EXPECT_EQ(young.verdict, BeforeAfter::Verdict::kCannotTell);
  EXPECT_NE(young.needs.find("28"), std::string::npos) << young.needs;
}

}  // namespace
}  // namespace backcast
