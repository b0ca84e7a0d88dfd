// SPDX-License-Identifier: Apache-2.0
#include "journey/growth_burst.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "measure/random.h"

namespace backcast {
namespace {

AccountDays Calm(Random& random, int days) {
  AccountDays account;
  for (int day = 0; day < days; ++day) {
    account.gained.push_back(random.Poisson(40));
    account.posts.push_back(day % 3 == 0 ? 1 : 0);
    account.engagements.push_back(random.Poisson(300));
    account.spend.push_back(20);
  }
  return account;
}

TEST(FindBursts, ABoughtDayIsFoundAndNothingExplainsIt) {
  Random random(2);
  AccountDays account = Calm(random, 120);
  account.gained[110] = 600;
  const GrowthBursts found = FindBursts(account, 90, 119);
  ASSERT_EQ(found.bursts.size(), 1U);
  EXPECT_EQ(found.bursts[0].day, Day{std::chrono::days{110}});
  EXPECT_EQ(found.bursts[0].gained, 600);
  EXPECT_NEAR(found.bursts[0].expected, 40, 12);
  EXPECT_TRUE(found.bursts[0].rose.empty());
}

TEST(FindBursts, APostThatRanAndMoneyExplainTheirDay) {
  Random random(2);
  AccountDays account = Calm(random, 120);
  account.gained[110] = 600;
  account.engagements[109] = 4000;
  account.spend[110] = 500;
  const GrowthBursts found = FindBursts(account, 90, 119);
  ASSERT_EQ(found.bursts.size(), 1U);
  const std::vector<std::string>& rose = found.bursts[0].rose;
  EXPECT_NE(std::find(rose.begin(), rose.end(), "engagements"), rose.end());
  EXPECT_NE(std::find(rose.begin(), rose.end(), "ad spend"), rose.end());
}

TEST(FindBursts, CalmDaysSeldomRing) {
  Random random(5);
  int rang = 0;
  for (int world = 0; world < 40; ++world) {
    const AccountDays account = Calm(random, 150);
    rang += static_cast<int>(FindBursts(account, 90, 149).bursts.size());
  }
  EXPECT_LT(rang, 40 * 60 * 0.015);
}

TEST(FindBursts, FewFollowersAreJudgedByTheWeek) {
  Random random(4);
  AccountDays account;
  for (int day = 0; day < 112; ++day) account.gained.push_back(random.Poisson(1.2));
  account.gained[100] = 30;
  const GrowthBursts found = FindBursts(account, 84, 111);
  EXPECT_TRUE(found.weeks);
  EXPECT_EQ(found.judged, 4);
  ASSERT_EQ(found.bursts.size(), 1U);
  EXPECT_EQ(found.bursts[0].day, Day{std::chrono::days{104}});
  EXPECT_EQ(found.bursts[0].days, 7);
}

/// Two hundred accounts whose weeks wander by `spread` (on ln) and remember each other by `memory`; half a
/// year, then a quarter that is judged. Bursts named in the quarter: of accounts where there was none, and of
/// those that bought followers in its twelfth week.
struct Named {
  int falsely = 0, rightly = 0;
};
Named NamedWeeks(double per_week, double spread, double memory, double growth = 0) {
  constexpr int kAccounts = 200, kWeeks = 39, kBought = 37, kFollowers = 150;
  Random random(17);
  Named named;
  for (int account = 0; account < kAccounts; ++account) {
    AccountDays days;
    double level = spread * random.Normal();
    for (int week = 0; week < kWeeks; ++week) {
      level = memory * level + spread * std::sqrt(1 - memory * memory) * random.Normal();
      const double mean = per_week * std::exp(level - spread * spread / 2 + growth * week);
      for (int day = 0; day < 7; ++day) days.gained.push_back(random.Poisson(mean / 7));
    }
    const auto first = days.gained.size() - 91, last = days.gained.size() - 1;
    const GrowthBursts quiet = FindBursts(days, first, last);
    named.falsely += quiet.bursts.empty() ? 0 : 1;
    days.gained[7 * (kBought - 1) + 3] += kFollowers;
    for (const GrowthBurst& burst : FindBursts(days, first, last).bursts)
      named.rightly += burst.day == days.first + std::chrono::days{7 * kBought - 1} ? 1 : 0;
  }
  return named;
}

TEST(FindBursts, WeeksThatComeInClustersSeldomRing) {
  // At most one account in twenty, and what was bought is found unless weeks vary as much by themselves.
  for (const double memory : {0.0, 0.3, 0.5}) {
    for (const double spread : {0.0, 0.3, 0.6}) {
      for (const double per_week : {3.0, 8.0, 15.0}) {
        const Named named = NamedWeeks(per_week, spread, memory);
        EXPECT_LE(named.falsely, 10) << per_week << " " << spread << " " << memory;
        EXPECT_GE(named.rightly, spread < 0.5 ? 190 : 150) << per_week << " " << spread << " " << memory;
      }
    }
  }
}

TEST(FindBursts, AnAccountThatGrowsIsNoBurst) { EXPECT_LE(NamedWeeks(8, 0.3, 0.3, 0.01).falsely, 10); }

TEST(FindBursts, AShortOrBrokenPastSaysWhatItNeeds) {
  Random random(5);
  AccountDays account = Calm(random, 150);
  EXPECT_FALSE(FindBursts(Calm(random, 40), 0, 39).needs.empty());
  account.gained[140] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(FindBursts(account, 120, 149).judged, 20);
}

}  // namespace
}  // namespace backcast
