// SPDX-License-Identifier: Apache-2.0
#include "plan/per_unit.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

TEST(DaysPerUnit, ReadsTheStretchOfTime) {
  EXPECT_DOUBLE_EQ(DaysPerUnit("confirmed opt-ins per month"), 365.25 / 12);
  EXPECT_EQ(DaysPerUnit("per week"), 7);
  EXPECT_EQ(DaysPerUnit("ratio"), 0);
}

}  // namespace
}  // namespace backcast
