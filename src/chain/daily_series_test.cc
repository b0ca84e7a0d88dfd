// SPDX-License-Identifier: Apache-2.0
#include "chain/daily_series.h"

#include <gtest/gtest.h>

#include <cmath>

#include "chain/chain_data.h"

namespace backcast {
namespace {

const Day kFirst = ParseIsoDay("2026-01-05").value();
Day After(int days) { return kFirst + std::chrono::days{days}; }

TEST(DailySeries, RatesAreSumsOverSumsAndNeverAveraged) {
  const DailySeries rate{Combine::kRate, kFirst, {20, 15, 25, 500}, {100, 100, 100, 50000}};
  EXPECT_DOUBLE_EQ(rate.Over({kFirst, After(4)}).value(), 560.0 / 50300);
  EXPECT_DOUBLE_EQ(rate.Events({kFirst, After(2)}), 200);
}

TEST(DailySeries, AStretchThatIsNotWhollyKnownHasNoSum) {
  const DailySeries sum{Combine::kSum, kFirst, {1, std::nan(""), 3}, {}};
  EXPECT_FALSE(sum.Over({kFirst, After(3)}));
  EXPECT_FALSE(sum.Over({kFirst, After(9)}));
  EXPECT_EQ(sum.Over({After(2), After(3)}), 3);
}

TEST(DailySeries, WeeksAreCountedBackFromTheEnd) {
  DailySeries days{Combine::kSum, kFirst, std::vector<double>(24, 1), {}};
  EXPECT_EQ(WeeksBefore(days, After(24), 99), (std::vector<double>{7, 7, 7}));
  EXPECT_EQ(WeeksBefore(days, After(24), 2).size(), 2);
  EXPECT_TRUE(std::isnan(WeeksBefore(days, After(28), 99).back()));
}

TEST(DailySeries, WhatIsElsewhereAndWhatIsHereMakeTheWhole) {
  const DailySeries whole{Combine::kSum, kFirst, {10, 20, 30}, {}},
      part{Combine::kSum, kFirst, {1, 2, 3}, {}};
  EXPECT_EQ(Elsewhere(whole, part).amount, (std::vector<double>{9, 18, 27}));
}

TEST(DailySeries, LogsAreTakenWhereTheyExist) {
  EXPECT_DOUBLE_EQ(OnLogScale({1, 2}, Combine::kSum)[1], std::log(2));
  EXPECT_DOUBLE_EQ(OnLogScale({0, 2}, Combine::kSum)[1], std::log1p(2));
  EXPECT_DOUBLE_EQ(OnLogScale({-1, 2}, Combine::kMean)[1], 2);
}

TEST(FindGaps, ThreeSilentDaysOfANumberThatNeverRestsAreADoubt) {
  DailySeries days{Combine::kSum, kFirst, std::vector<double>(40, 50), {}};
  EXPECT_TRUE(FindGaps("o", "Orders", days, {kFirst, After(40)}).empty());
  for (int day = 10; day < 14; ++day) days.amount[static_cast<std::size_t>(day)] = 0;
  const auto doubts = FindGaps("o", "Orders", days, {kFirst, After(40)});
  ASSERT_EQ(doubts.size(), 1);
  EXPECT_TRUE(doubts[0].fatal);
  EXPECT_NE(doubts[0].sentence.find("2026-01-15 to 2026-01-18"), std::string::npos) << doubts[0].sentence;
  EXPECT_TRUE(FindGaps("o", "Orders", days, {After(20), After(40)}).empty()) << "outside the window";
  for (std::size_t day = 0; day < days.amount.size(); day += 3) days.amount[day] = 0;
  EXPECT_TRUE(FindGaps("o", "Orders", days, {kFirst, After(40)}).empty()) << "a rare event rests often";
  EXPECT_EQ(FindGaps("o", "Orders", DailySeries{Combine::kSum, kFirst, std::vector<double>(36, 50), {}},
                     {kFirst, After(40)})
                .size(),
            1)
      << "an export that ends before the period does";
}

}  // namespace
}  // namespace backcast
