// SPDX-License-Identifier: Apache-2.0
#include "money/brand_lift.h"

#include <gtest/gtest.h>

#include "measure/random.h"

namespace backcast {
namespace {

TEST(LiftOf, IsADifferenceOfShares) {
  const BrandLift lift = LiftOf({260, 500}, {200, 500}).value();
  EXPECT_NEAR(lift.lift, 0.12, 1e-12);
  EXPECT_EQ(lift.verdict, BrandLift::Verdict::kHigher);
  EXPECT_GT(lift.interval->low, 0.05);
  EXPECT_EQ(LiftOf({200, 500}, {260, 500}).value().verdict, BrandLift::Verdict::kLower);
  EXPECT_EQ(LiftOf({205, 500}, {200, 500}).value().verdict, BrandLift::Verdict::kNoneShown);
}

TEST(LiftOf, FewAnswersGiveNoVerdict) {
  const BrandLift lift = LiftOf({300, 399}, {100, 900}).value();
  EXPECT_EQ(lift.verdict, BrandLift::Verdict::kTooLittle);
  EXPECT_TRUE(lift.interval);
  EXPECT_NE(lift.needs.find("have 399"), std::string::npos);
  EXPECT_FALSE(LiftOf({0, 0}, {100, 900}).value().interval);
  EXPECT_FALSE(LiftOf({10, 5}, {100, 900}).ok());
}

TEST(LiftOf, KeepsItsLevel) {
  Random random(9);
  int held = 0;
  for (int run = 0; run < 2000; ++run) {
    const BrandLift lift =
        LiftOf({random.Binomial(450, 0.14), 450}, {random.Binomial(420, 0.1), 420}).value();
    held += lift.interval->low <= 0.04 && 0.04 <= lift.interval->high ? 1 : 0;
  }
  EXPECT_GE(held, 2000 * 0.94);
  EXPECT_LE(held, 2000 * 0.965);
}

TEST(CostOfPoint, OnlyOfALiftThatIsShown) {
  const BrandLift lift = LiftOf({260, 500}, {200, 500}).value();
  const CostPerPoint cost = CostOfPoint(6000, lift).value();
  EXPECT_NEAR(cost.value, 500, 1e-9);
  EXPECT_NEAR(cost.interval.low, 60 / lift.interval->high, 1e-9);
  EXPECT_GT(cost.interval.high, cost.value);
  EXPECT_FALSE(CostOfPoint(6000, LiftOf({205, 500}, {200, 500}).value()));
  EXPECT_FALSE(CostOfPoint(0, lift));
}

}  // namespace
}  // namespace backcast
