// SPDX-License-Identifier: Apache-2.0
#include "journey/step_rate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measure/random.h"

namespace backcast {
namespace {

StepCounts Share(double from, double to) { return {.from = from, .to = to, .part_of = true}; }

/// Days of visits and orders whose rate is `rate` and strays by day.
StepCounts Days(Random& random, int days, double visits, double rate, double stray) {
  StepCounts counts;
  for (int day = 0; day < days; ++day) {
    const double n = random.Poisson(visits);
    const double k = random.Binomial(n, std::min(1.0, rate * std::exp(stray * random.Normal())));
    counts.daily_from.push_back(n);
    counts.daily_to.push_back(k);
    counts.from += n;
    counts.to += k;
  }
  return counts;
}

TEST(RateOfStep, ASharesIntervalIsWilsons) {
  const auto rate = RateOfStep(Share(50, 33));
  ASSERT_TRUE(rate);
  EXPECT_NEAR(rate->rate, 0.66, 1e-12);
  EXPECT_NEAR(rate->interval->low, 0.52, 0.005);
  EXPECT_NEAR(rate->interval->high, 0.78, 0.005);
  EXPECT_TRUE(rate->needs.empty());
  EXPECT_FALSE(RateOfStep(Share(0, 0)));
  EXPECT_NE(RateOfStep(Share(4, 3))->needs.find("need about 20"), std::string::npos);
}

TEST(RateOfStep, MoreAtTheLaterStageIsNoShare) {
  StepCounts counts = Share(10, 20);
  counts.daily_from = {5, 5};
  counts.daily_to = {9, 11};
  const auto rate = RateOfStep(counts);
  ASSERT_TRUE(rate);
  EXPECT_FALSE(rate->wilson);
  EXPECT_FALSE(rate->needs.empty());
}

TEST(RateOfStep, DaysThatStrayMakeTheIntervalWider) {
  Random random(7);
  const StepCounts calm = Days(random, 60, 400, 0.05, 0), wild = Days(random, 60, 400, 0.05, 0.5);
  const auto width = [](const StepCounts& counts) {
    const auto rate = RateOfStep(counts);
    return rate->interval->high - rate->interval->low;
  };
  EXPECT_GT(width(wild), 1.8 * width(calm));
}

TEST(CompareSteps, NothingChangedIsSeldomCalledAChange) {
  Random random(3);
  int called = 0;
  constexpr int kWorlds = 300;
  for (int world = 0; world < kWorlds; ++world) {
    std::vector<StepPair> steps;
    for (int step = 0; step < 4; ++step)
      steps.push_back({Days(random, 30, 300, 0.05, 0.3), Days(random, 30, 300, 0.05, 0.3)});
    for (int step = 0; step < 2; ++step) {
      steps.push_back({Share(200, random.Binomial(200, 0.3)), Share(200, random.Binomial(200, 0.3))});
    }
    for (const StepChange& change : CompareSteps(steps)) {
      if (change.verdict != StepVerdict::kNoDifferenceShown) {
        ++called;
        break;
      }
    }
  }
  EXPECT_LT(called, kWorlds * 0.09);
}

TEST(CompareSteps, TheBrokenStepIsTheWeakest) {
  Random random(5);
  int found = 0;
  for (int world = 0; world < 100; ++world) {
    const std::vector<StepPair> steps = {
        {Days(random, 31, 300, 0.06, 0.1), Days(random, 31, 300, 0.06, 0.1)},
        {Days(random, 31, 60, 0.25, 0.1), Days(random, 31, 60, 0.5, 0.1)},
        {Share(400, random.Binomial(400, 0.5)), Share(400, random.Binomial(400, 0.5))}};
    const auto weakest = WeakestStep(steps, CompareSteps(steps));
    found += weakest == std::optional<std::size_t>(1) ? 1 : 0;
  }
  EXPECT_GE(found, 95);
}

TEST(CompareSteps, TooLittleSaysHowMuchIsNeeded) {
  const auto changes =
      CompareSteps(std::vector<StepPair>{{Share(12, 4), Share(300, 100)}, {Share(300, 100), {}}});
  EXPECT_EQ(changes[0].verdict, StepVerdict::kTooLittle);
  EXPECT_NE(changes[0].needs.find("have 12, need about 20"), std::string::npos);
  EXPECT_NE(changes[0].needs.find("a fall by a fifth shows with about"), std::string::npos);
  EXPECT_EQ(changes[1].needs, "nothing to compare with");
  EXPECT_FALSE(WeakestStep({}, {}));
}

TEST(NeededForChange, IsThatOfTheMethods) {
  EXPECT_NEAR(NeededForChange(0.02, -0.2), 21109, 250);
  EXPECT_NEAR(NeededForChange(0.1, -0.1), 14751, 150);
}

}  // namespace
}  // namespace backcast
