// SPDX-License-Identifier: Apache-2.0
// Random numbers, regression, links, fixation, before and after, false-discovery control: exact small cases
// and seeded worlds; larger ones are in truth/.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "measure/before_after.h"
#include "measure/benjamini_hochberg.h"
#include "measure/fixation.h"
#include "measure/link.h"
#include "measure/prewhiten.h"
#include "measure/random.h"
#include "measure/regression.h"

namespace backcast {
namespace {

std::vector<double> Wander(Random& random, int n, double memory, double sd) {
  std::vector<double> values;
  double level = sd * random.Normal();
  for (int i = 0; i < n; ++i) {
    level = memory * level + sd * std::sqrt(1 - memory * memory) * random.Normal();
    values.push_back(level);
  }
  return values;
}

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

TEST(CochraneOrcutt, FindsTheMemoryOfTheErrors) {
  Random random(3);
  std::vector<double> y = Wander(random, 400, 0.6, 1);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] += 5;
  const auto fit = CochraneOrcutt(y, Columns{std::vector<double>(400, 1)});
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->memory, 0.6, 0.1);
  EXPECT_NEAR(fit->coefficients[0], 5, 0.4);
}

TEST(TestLink, FindsALeadAndItsElasticity) {
  Random random(11);
  const std::vector<double> x = Wander(random, 104, 0.4, 0.2);
  std::vector<double> y = Wander(random, 104, 0.4, 0.1);
  for (std::size_t i = 3; i < y.size(); ++i) y[i] += 0.7 * x[i - 3];
  LinkQuestion question;
  question.x = x;
  question.y = y;
  const auto test = TestLink(question);
  ASSERT_TRUE(test);
  EXPECT_EQ(test->lag, 3);
  EXPECT_LE(test->p, 0.01);
  EXPECT_LE(test->elasticity_low, 0.7);
  EXPECT_GE(test->elasticity_high, 0.7);
  EXPECT_TRUE(test->same_sign_in_halves);
  EXPECT_EQ(GradeLink(*test, test->p, 1), LinkGrade::kFirm);
  EXPECT_EQ(GradeLink(*test, test->p, -1), LinkGrade::kAgainstPlan);
  EXPECT_EQ(GradeLink(*test, 0.08, 1), LinkGrade::kTentative);
  EXPECT_EQ(GradeLink(*test, 0.5, 1), LinkGrade::kNoneFound);
  const auto again = TestLink(question);
  EXPECT_EQ(test->p, again->p) << "same question, same answer";
}

TEST(TestLink, RefusesAndDoesNotCallChanceALink) {
  EXPECT_FALSE(TestLink({std::vector<double>(25, 1), std::vector<double>(25, 1)}));
  const std::vector<double> still(60, 2);
  Random random(5);
  const std::vector<double> moves = Wander(random, 60, 0, 1);
  EXPECT_FALSE(TestLink({still, moves}));
  int called = 0;
  constexpr int kRuns = 200;
  for (int run = 0; run < kRuns; ++run) {
    // A shared season and trend are no link.
    std::vector<double> x = Wander(random, 80, 0.5, 0.2), y = Wander(random, 80, 0.5, 0.2);
    for (int week = 0; week < 80; ++week) {
      const double common = 0.4 * std::sin(2 * 3.14159265 * week / 52.18) + 0.01 * week;
      x[static_cast<std::size_t>(week)] += common;
      y[static_cast<std::size_t>(week)] += common;
    }
    LinkQuestion question;
    question.x = x;
    question.y = y;
    question.permutations = 199;
    question.seed = static_cast<std::uint64_t>(run);
    called += TestLink(question)->p <= 0.05;
  }
  EXPECT_LE(called, 20) << "of " << kRuns << " at the level of 5 %";
}

TEST(TestBreak, ALinkThatStoppedAndOneThatHolds) {
  Random random(21);
  int broken = 0, false_alarms = 0;
  for (int run = 0; run < 20; ++run) {
    const std::vector<double> x = Wander(random, 120, 0.3, 0.2);
    std::vector<double> holds = Wander(random, 120, 0.3, 0.1), stops = holds;
    for (std::size_t i = 0; i < x.size(); ++i) {
      holds[i] += 0.8 * x[i];
      if (i < 94) stops[i] += 0.8 * x[i];
    }
    const auto one = TestBreak(x, stops, 1), other = TestBreak(x, holds, 1);
    broken += one && one->broken;
    false_alarms += other && other->broken;
  }
  EXPECT_GE(broken, 14);
  EXPECT_LE(false_alarms, 1);
  EXPECT_FALSE(TestBreak(std::vector<double>(70, 1), std::vector<double>(70, 1), 1));
}

TEST(TestFixation, AlarmsWhereTheOutcomeDoesNotFollow) {
  Random random(31);
  int gamed = 0, healthy = 0;
  for (int run = 0; run < 60; ++run) {
    std::vector<double> kpi = Wander(random, 104, 0.4, 0.12), outcome = Wander(random, 104, 0.4, 0.1);
    for (std::size_t i = 1; i < kpi.size(); ++i) outcome[i] += kpi[i - 1];
    std::vector<double> pushed = kpi, follows = outcome;
    for (std::size_t i = 78; i < 104; ++i) {
      const double ramp = 0.35 * std::min(1.0, static_cast<double>(i - 78) / 6);
      pushed[i] += ramp;
      follows[i] += ramp;
    }
    gamed += TestFixation(pushed, outcome, 1).state == FixationTest::State::kAlarm;
    healthy += TestFixation(pushed, follows, 1).state == FixationTest::State::kAlarm;
  }
  EXPECT_GE(gamed, 45);
  EXPECT_LE(healthy, 3);
  EXPECT_EQ(TestFixation(std::vector<double>(70, 1), std::vector<double>(70, 1), 0).state,
            FixationTest::State::kTooShort);
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
