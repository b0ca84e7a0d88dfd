// SPDX-License-Identifier: Apache-2.0
#include "content/median_polish.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace backcast {
namespace {

TEST(MedianPolish, TakesAwayExactlyWhatIsAdditive) {
  std::vector<TwoWayValue> values;
  const std::vector<std::string> rows = {"a", "b", "c"}, columns = {"photo", "reel"};
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 2; ++c) {
      for (const double noise : {-1.0, 0.0, 1.0})
        values.push_back({rows[static_cast<std::size_t>(r)], columns[static_cast<std::size_t>(c)],
                          10.0 * r + 3.0 * c + noise});
    }
  }
  const Polished polished = MedianPolish(values, 2);
  EXPECT_EQ(polished.rows, 3);
  EXPECT_EQ(polished.columns, 2);
  // Up to one constant, which lies in the levels, the noise is what is left.
  for (std::size_t i = 0; i < values.size(); i += 3) {
    EXPECT_NEAR(polished.residuals[i + 1] - polished.residuals[i], 1, 1e-9);
    EXPECT_NEAR(polished.residuals[i + 1], polished.residuals[1], 1e-9);
  }
}

TEST(MedianPolish, OneViralPostMovesNobodyElse) {
  std::vector<TwoWayValue> values;
  for (const double value : {1.0, 2.0, 3.0, 4.0, 900.0}) values.push_back({"a", "photo", value});
  const Polished polished = MedianPolish(values);
  EXPECT_DOUBLE_EQ(polished.residuals[0], -2);
  EXPECT_DOUBLE_EQ(polished.residuals[4], 897);
}

TEST(MedianPolish, LabelsOfFewValuesHaveNoLevelOfTheirOwn) {
  std::vector<TwoWayValue> values;
  for (int i = 0; i < 6; ++i) values.push_back({"large", "photo", static_cast<double>(i)});
  values.push_back({"small", "reel", 100});
  values.push_back({"tiny", "reel", 50});
  const Polished polished = MedianPolish(values);
  EXPECT_EQ(polished.rows, 2);  // large, and small and tiny together
  EXPECT_EQ(polished.columns, 1);
  EXPECT_DOUBLE_EQ(polished.residuals[6], 25);
  EXPECT_DOUBLE_EQ(polished.residuals[7], -25);
}

TEST(MedianPolish, OfNothingIsNothing) { EXPECT_TRUE(MedianPolish({}).residuals.empty()); }

}  // namespace
}  // namespace backcast
