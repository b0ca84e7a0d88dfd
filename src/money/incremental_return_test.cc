// SPDX-License-Identifier: Apache-2.0
#include "money/incremental_return.h"

#include <gtest/gtest.h>

#include <cmath>

namespace backcast {
namespace {

TEST(ReturnOfTest, IsWhatTheEffectBroughtOverWhatWasSpent) {
  // 12,000 came in where it was spent, a fifth more than without: 2,000 of it because of 800.
  const IncrementalReturn found = ReturnOfTest(12000, 800, {0.2, -0.04, 0.5}).value();
  EXPECT_NEAR(found.brought, 2000, 1e-9);
  EXPECT_NEAR(found.value, 2.5, 1e-12);
  EXPECT_NEAR(found.low, -0.625, 1e-12);
  EXPECT_NEAR(found.high, 5, 1e-12);
  EXPECT_NEAR(found.brought_high, 4000, 1e-9);
}

TEST(ReturnOfTest, NoEffectBringsNothing) { EXPECT_EQ(ReturnOfTest(100, 10, {0, 0, 0}).value().value, 0); }

TEST(ReturnOfTest, RefusesWhatIsNoTest) {
  EXPECT_FALSE(ReturnOfTest(100, 0, {0.1, 0, 0.2}).ok());
  EXPECT_FALSE(ReturnOfTest(100, std::nan(""), {0.1, 0, 0.2}).ok());
  EXPECT_FALSE(ReturnOfTest(-1, 10, {0.1, 0, 0.2}).ok());
  EXPECT_FALSE(ReturnOfTest(100, 10, {0.1, 0.2, 0.3}).ok());
  EXPECT_FALSE(ReturnOfTest(100, 10, {0.1, -1, 0.2}).ok());
  EXPECT_FALSE(ReturnOfTest(100, 10, {0.1, 0, std::nan("")}).ok());
}

}  // namespace
}  // namespace backcast
