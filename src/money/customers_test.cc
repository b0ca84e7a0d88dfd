// SPDX-License-Identifier: Apache-2.0
#include "money/customers.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace backcast {
namespace {

Day At(int day) { return ParseIsoDay("2026-01-01").value() + std::chrono::days{day}; }
Window All() { return {At(0), At(400)}; }

CustomerOrder Order(std::int64_t person, int day, double net, std::optional<bool> first = {}) {
  return {person, At(day), net, net * 0.4, first, "email"};
}

TEST(Customers, AgesAreCountedFromTheFirstOrder) {
  const Cohort cohort = CohortOf({Order(1, 40, 30), Order(1, 10, 50), Order(2, 5, 20)}, All(), At(100));
  ASSERT_EQ(cohort.customers.size(), 2u);
  EXPECT_EQ(cohort.customers[0].first, At(10));
  EXPECT_EQ(cohort.customers[0].revenue.seen, 90);
  EXPECT_EQ(cohort.customers[0].second, 30);
  EXPECT_EQ(cohort.customers[0].revenue.events[1].amount, 30);
  EXPECT_FALSE(cohort.customers[1].second);
  EXPECT_FALSE(cohort.first_known);
}

TEST(Customers, WhoBoughtBeforeTheDataIsNoNewCustomer) {
  const Cohort cohort =
      CohortOf({Order(1, 3, 30, false), Order(1, 9, 30, false), Order(2, 5, 20, true)}, All(), At(100));
  EXPECT_TRUE(cohort.first_known);
  EXPECT_EQ(cohort.before, 1);
  ASSERT_EQ(cohort.customers.size(), 1u);
  EXPECT_EQ(cohort.customers[0].first, At(5));
}

TEST(Customers, TheCohortIsChosenByTheFirstOrderAndSeenBeyondItsDays) {
  const Cohort cohort =
      CohortOf({Order(1, 3, 30), Order(1, 80, 10), Order(2, 50, 20)}, {At(0), At(31)}, At(100));
  ASSERT_EQ(cohort.customers.size(), 1u);
  EXPECT_EQ(cohort.customers[0].revenue.events.size(), 2u);
}

TEST(Customers, WhatLiesAfterTheExtractIsLeftOut) {
  const Cohort cohort = CohortOf({Order(1, 3, 30), Order(1, 180, 10), Order(2, 150, 20)}, All(), At(100));
  ASSERT_EQ(cohort.customers.size(), 1u);
  EXPECT_EQ(cohort.customers[0].revenue.events.size(), 1u);
}

TEST(Customers, TwoOrdersOnTheFirstDayAreARepeatAtAgeNought) {
  const Cohort cohort = CohortOf({Order(1, 3, 30), Order(1, 3, 10)}, All(), At(100));
  EXPECT_EQ(cohort.customers[0].second, 0);
}

TEST(Customers, AnOrderWithoutCostLeavesTheCustomerWithoutMargin) {
  CustomerOrder bare = Order(1, 9, 30);
  bare.margin.reset();
  const Cohort cohort = CohortOf({Order(1, 3, 30), bare}, All(), At(100));
  EXPECT_FALSE(cohort.customers[0].has_margin);
  EXPECT_TRUE(CohortOf({}, All(), At(100)).customers.empty());
}

}  // namespace
}  // namespace backcast
