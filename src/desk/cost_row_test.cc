// SPDX-License-Identifier: Apache-2.0
#include "desk/cost_row.h"

#include <gtest/gtest.h>

#include <cmath>

namespace backcast {
namespace {

/// One row; a NaN is a missing cell.
Table RowOf(const std::vector<std::pair<std::string, double>>& cells) {
  Table table;
  table.rows = 1;
  for (const auto& [name, number] : cells) {
    Column column;
    column.name = name;
    column.present = {static_cast<std::uint8_t>(std::isnan(number) ? 0 : 1)};
    column.numbers = {number};
    table.columns.push_back(std::move(column));
  }
  return table;
}

TEST(CostsAt, TheKindsAndTheRestAddUpToTheWhole) {
  const CostWords& words = TheCostWords();
  const Table table = RowOf({{words.full + "@0", 100}, {words.media + "@0", 60}, {words.labour + "@0", 25}});
  const CostParts cost = CostsAt(table, 0, 0, "");
  ASSERT_TRUE(cost.full && cost.media && cost.labour && cost.other);
  EXPECT_DOUBLE_EQ(*cost.media + *cost.labour + *cost.other, *cost.full);
  EXPECT_FALSE(cost.tools) << "what nobody booked is missing, not nought";
  EXPECT_FALSE(CostsAt(table, 0, 1, "").full) << "the window before has no column";
}

TEST(CostsAt, TwoCurrenciesShowNoAmount) {
  const CostWords& words = TheCostWords();
  const Table table = RowOf({{words.full + "@0", 100}, {words.full + "@0:currencies", 2}});
  EXPECT_FALSE(CostsAt(table, 0, 0, "").full);
  EXPECT_FALSE(CostsAt(table, 0, 0, "").withheld.empty());
  EXPECT_EQ(CostsAt(table, 0, 0, "no rate for USD").withheld, "no rate for USD");
}

TEST(CountsAt, TargetedUntargetedAndUnknownAreEverybody) {
  const CostCounting counting{.count = "n",
                              .targeted = "t",
                              .untargeted = "u",
                              .gross = "g",
                              .suspected = "",
                              .one = "",
                              .many = "",
                              .note = ""};
  const ChannelCounts counts =
      CountsAt(RowOf({{"n@0", 100}, {"t@0", 30}, {"u@0", 50}, {"g@0", 120}}), 0, 0, counting);
  EXPECT_EQ(counts.targeted, 30);
  EXPECT_EQ(counts.untargeted, 50);
  EXPECT_EQ(counts.unknown, 20);
  EXPECT_EQ(counts.suspected, 20) << "net and suspected are gross";
}

TEST(CountsAt, WhoWasSeenAsBothCountsAsTargetedAndNothingGoesBelowNought) {
  const CostCounting counting{.count = "n",
                              .targeted = "t",
                              .untargeted = "u",
                              .gross = "g",
                              .suspected = "",
                              .one = "",
                              .many = "",
                              .note = ""};
  const ChannelCounts counts =
      CountsAt(RowOf({{"n@0", 10}, {"t@0", 8}, {"u@0", 5}, {"g@0", 9}}), 0, 0, counting);
  EXPECT_EQ(counts.targeted, 8);
  EXPECT_EQ(counts.untargeted, 2);
  EXPECT_EQ(counts.unknown, 0);
  EXPECT_EQ(counts.suspected, 0);
}

TEST(CountsAt, WhatNoRowReportsIsMissing) {
  const CostCounting counting{.count = "n",
                              .targeted = "t",
                              .untargeted = "",
                              .gross = "",
                              .suspected = "",
                              .one = "",
                              .many = "",
                              .note = ""};
  EXPECT_FALSE(CountsAt(RowOf({{"n@0", NAN}}), 0, 0, counting).all);
  EXPECT_FALSE(CountsAt(RowOf({{"n@0", 5}}), 0, 0, counting).targeted);
}

}  // namespace
}  // namespace backcast
