// SPDX-License-Identifier: Apache-2.0
// Links and fixation: seeded series with and without a cause; larger worlds are in truth/.
#include "measure/link.h"

#include <gtest/gtest.h>

#include "measure/fixation.h"
#include "measure/jumps.h"
#include "measure/series_worlds.h"

namespace backcast {
namespace {

using Weeks = std::vector<std::size_t>;

TEST(Jumps, AWeekThatStandsOutAndNotASlowMovement) {
  Random random(17);
  std::vector<double> quiet = Wander(random, 80, 0.5, 1);
  for (std::size_t i = 0; i < quiet.size(); ++i) quiet[i] += 0.2 * static_cast<double>(i);
  EXPECT_LE(Jumps(quiet).size(), 1);
  std::vector<double> jumps = quiet;
  jumps[20] += 9;
  jumps[0] -= 9;
  const Weeks found = Jumps(jumps);
  EXPECT_TRUE(std::find(found.begin(), found.end(), 20) != found.end());
  EXPECT_TRUE(std::find(found.begin(), found.end(), 0) != found.end());
  EXPECT_TRUE(Jumps(std::vector<double>(40, 1)).empty());
}

TEST(SharedJumps, InBothWithinAWeekAndOnlyThen) {
  Random random(18);
  std::vector<double> x = Wander(random, 80, 0.5, 1), y = Wander(random, 80, 0.5, 1);
  for (std::size_t i = 27; i < 40; ++i) x[i] = y[i] = 0;
  EXPECT_TRUE(SharedJumps(x, y).empty());
  std::vector<double> own = x, other = y;
  own[30] += 8;
  EXPECT_TRUE(SharedJumps(own, y).empty()) << "of one alone";
  other[36] += 8;
  EXPECT_TRUE(SharedJumps(own, other).empty()) << "weeks apart";
  other[31] -= 8;
  EXPECT_EQ(SharedJumps(own, other), (Weeks{30, 31})) << "a week late, and the other way";
}

TEST(SharedJumps, NumbersThatOftenJumpTogetherMoveTogether) {
  Random random(19);
  std::vector<double> x = Wander(random, 78, 0, 1), y = Wander(random, 78, 0, 1);
  for (std::size_t i = 3; i < x.size(); i += 7) {
    x[i] += 12;
    y[i] += 12;
  }
  EXPECT_EQ(SharedJumps(x, y).size(), 6) << "four a year";
}

/// How many of 120 pairs without a link are called one at 5 %.
int Called(int weeks, double memory, int shared, double trend) {
  int called = 0;
  for (std::uint64_t run = 0; run < 120; ++run) {
    Random random(1000 + run);
    std::vector<double> x = Wander(random, weeks, memory, 0.2), y = Wander(random, weeks, memory, 0.2);
    const double of_x = trend * random.Normal(), of_y = trend * random.Normal();
    for (int i = 0; i < weeks; ++i) {
      x[static_cast<std::size_t>(i)] += of_x * i;
      y[static_cast<std::size_t>(i)] += of_y * i;
    }
    for (int event = 0; event < shared; ++event) {
      const auto week = static_cast<std::size_t>(random.Below(static_cast<std::uint64_t>(weeks)));
      x[week] += 1.6;
      y[week] += 1.6;
    }
    LinkQuestion question;
    question.x = x;
    question.y = y;
    question.permutations = 99;
    question.seed = run;
    called += TestLink(question)->p <= 0.05;
  }
  return called;
}

TEST(TestLink, WhatAnyTwoNumbersShareIsNoLink) {
  constexpr int kMost = 12;  // more would be chance once in fifty times at 5 %
  EXPECT_LE(Called(60, 0.5, 0, 0), kMost);
  EXPECT_LE(Called(60, 0.9, 0, 0.01), kMost) << "memory and trends";
  EXPECT_LE(Called(60, 0.5, 1, 0), kMost) << "one week in which both jump";
  EXPECT_LE(Called(30, 0.8, 2, 0), kMost) << "two such weeks in half a year";
  EXPECT_LE(Called(104, 0.8, 3, 0), kMost) << "three in two years";
}

TEST(TestLink, TheScaleOfTheLogsChangesNothing) {
  Random random(23);
  for (int run = 0; run < 20; ++run) {
    const std::vector<double> x = Wander(random, 40, 0.5, 0.2), y = Wander(random, 40, 0.5, 0.2);
    std::vector<double> larger = x;
    for (double& value : larger) value = 1000 * value + 7;
    const auto one = TestLink({x, y}), other = TestLink({larger, y});
    ASSERT_TRUE(one && other);
    EXPECT_EQ(one->lag, other->lag);
    EXPECT_NEAR(one->r, other->r, 1e-9);
    EXPECT_EQ(one->p, other->p);
  }
}

TEST(TestLink, AJumpOfOneNumberAloneDoesNotBendTheElasticity) {
  int holds = 0;
  for (std::uint64_t run = 0; run < 60; ++run) {
    Random random(300 + run);
    std::vector<double> x = Wander(random, 78, 0.4, 0.2), y = Wander(random, 78, 0.4, 0.1);
    for (std::size_t i = 2; i < y.size(); ++i) y[i] += 0.7 * x[i - 2];
    x[20] += 1.5;  // bots: nothing follows
    x[50] += 1.5;
    LinkQuestion question;
    question.x = x;
    question.y = y;
    question.permutations = 0;
    question.planned_lag = 2;
    const auto test = TestLink(question);
    holds += test->elasticity_low <= 0.7 && 0.7 <= test->elasticity_high;
  }
  EXPECT_GE(holds, 52);
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

TEST(TestFixation, TrendsOfTheirOwnAreNoAlarm) {
  int alarms = 0;
  for (std::uint64_t run = 0; run < 200; ++run) {
    Random random(500 + run);
    std::vector<double> kpi = Wander(random, 104, 0.2, 0.12), outcome = Wander(random, 104, 0.2, 0.1);
    const double of_kpi = 0.6 * random.Normal(), of_outcome = 0.6 * random.Normal();
    for (std::size_t i = 0; i < kpi.size(); ++i) {
      if (i > 0) outcome[i] += 0.6 * kpi[i - 1];
    }
    for (std::size_t i = 0; i < kpi.size(); ++i) {
      kpi[i] += of_kpi * static_cast<double>(i) / 52;
      outcome[i] += of_outcome * static_cast<double>(i) / 52;
    }
    alarms += TestFixation(kpi, outcome, 1).state == FixationTest::State::kAlarm;
  }
  EXPECT_LE(alarms, 6);
}

}  // namespace
}  // namespace backcast
