// SPDX-License-Identifier: Apache-2.0
#include "content/compare_posts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "measure/random.h"

namespace backcast {
namespace {

TEST(WelchDifference, AgreesWithTheFormulaByHand) {
  // Means 4 and 1, variances 4 and 1 of 3 and 3: se^2 = 4/3 + 1/3, df = (5/3)^2 / ((4/3)^2/2 + (1/3)^2/2).
  const std::vector<double> one = {2, 4, 6}, other = {0, 1, 2};
  const Difference difference = WelchDifference(one, other).value();
  EXPECT_DOUBLE_EQ(difference.value, 3);
  EXPECT_NEAR(difference.standard_error, std::sqrt(5.0 / 3), 1e-12);
  EXPECT_NEAR(difference.degrees, (25.0 / 9) / (16.0 / 18 + 1.0 / 18), 1e-12);
  EXPECT_FALSE(WelchDifference(std::vector<double>{1}, other));
  EXPECT_FALSE(WelchDifference(std::vector<double>{1, 1}, std::vector<double>{2, 2}));
}

TEST(CompareGroups, SaysMoreOnlyWhereTheIntervalAndThePriceAllowIt) {
  Random random(5);
  const auto draw = [&](double level, int n) {
    GroupValues values;
    for (int i = 0; i < n; ++i) {
      values.residuals.push_back(level + 0.5 * random.Normal());
      values.engagements.push_back(std::exp(values.residuals.back()) * 100);
    }
    return values;
  };
  const GroupValues usual = draw(0, 60), twice = draw(std::log(2.0), 40), few = draw(1, 6), none = draw(0, 3);
  std::vector<GroupComparison> all = {
      CompareGroups("twice", twice, "", usual), CompareGroups("few", few, "", usual),
      CompareGroups("none", none, "", usual), CompareGroups("same", usual, "", usual)};
  JudgeTogether({&all[0], &all[1], &all[2], &all[3]}, 20);
  EXPECT_EQ(all[0].verdict, GroupVerdict::kMore);
  EXPECT_NEAR(all[0].lift->value, 1, 0.5);
  EXPECT_EQ(all[1].verdict, GroupVerdict::kTooLittle);
  EXPECT_TRUE(all[1].lift) << "an interval of six posts is shown";
  EXPECT_EQ(all[1].needs, "have 6 posts, need 20");
  EXPECT_FALSE(all[2].lift);
  EXPECT_EQ(all[3].verdict, GroupVerdict::kNoDifferenceSeen);
}

// Posts of 2014 of a cosmetics brand; the answer was worked out with another program.
TEST(WelchDifference, AgreesWithAPublishedSetOfPosts) {
  std::ifstream file(BACKCAST_SOURCE_DIR "/../shared/data/uci-facebook-metrics/dataset_Facebook.csv");
  if (!file) GTEST_SKIP() << "real data are absent: uci-facebook-metrics";
  std::map<std::string, std::vector<double>> by_type;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> cells;
    std::stringstream row(line);
    for (std::string cell; std::getline(row, cell, ';');) cells.push_back(cell);
    by_type[cells[1]].push_back(std::stod(cells.back()));
  }
  ASSERT_EQ(by_type["Video"].size(), 7U);
  ASSERT_EQ(by_type["Photo"].size(), 426U);
  const Difference difference = WelchDifference(by_type["Video"], by_type["Photo"]).value();
  EXPECT_NEAR(difference.value, 79.2773, 5e-5);
  EXPECT_NEAR(difference.standard_error, 72.2672, 5e-5);
  EXPECT_NEAR(difference.degrees, 7.00, 5e-3);
  EXPECT_NEAR(difference.interval.low, -91.6252, 5e-5);
  EXPECT_NEAR(difference.interval.high, 250.1799, 5e-5);
}

}  // namespace
}  // namespace backcast
