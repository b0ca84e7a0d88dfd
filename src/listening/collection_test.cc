// SPDX-License-Identifier: Apache-2.0
#include "listening/collection.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measure/random.h"

namespace backcast {
namespace {

TEST(CheckCollection, ABrandCollectedLateIsSeenAndTheOthersAreNot) {
  // Two tweets, one, one, and then hundreds: a query that was switched on.
  const std::vector<DailyMentions> brands = {{300, 310, 280, 400, 420, 500, 450, 300},
                                             {0, 0, 2, 1, 1, 404, 1429, 922},
                                             {60, 70, 65, 50, 80, 90, 60, 70}};
  const auto checks = CheckCollection(brands);
  EXPECT_TRUE(checks[0].sound());
  EXPECT_TRUE(checks[2].sound());
  EXPECT_EQ(checks[1].sound_from, 5);
  EXPECT_EQ(checks[1].thin.size(), 5);
  EXPECT_EQ(checks[1].found, 4);
  EXPECT_GT(checks[1].expected, 100);
}

TEST(CheckCollection, DaysBeforeAnythingWasCollectedChangeNothing) {
  std::vector<DailyMentions> brands = {{300, 310, 280, 400, 420, 500, 450, 300},
                                       {0, 0, 2, 1, 1, 404, 1429, 922}};
  for (DailyMentions& brand : brands) brand.insert(brand.begin(), 47, 0);
  EXPECT_TRUE(CheckCollection(brands)[0].sound());
  EXPECT_EQ(CheckCollection(brands)[1].sound_from, 52);
}

TEST(CheckCollection, ADayOnWhichNobodySpokeEndsNoSilence) {
  const std::vector<DailyMentions> brands = {{4, 310, 280, 400, 420, 500, 450, 300},
                                             {0, 0, 2, 1, 1, 404, 1429, 922}};
  const BrandCollection check = CheckCollection(brands)[1];
  EXPECT_EQ(check.sound_from, 5);
  EXPECT_EQ(check.found, 4);
}

TEST(CheckCollection, AHoleInTheMiddleIsSeen) {
  std::vector<DailyMentions> brands(2, DailyMentions(20, 100));
  brands[0][7] = brands[0][8] = 1;
  const auto checks = CheckCollection(brands);
  EXPECT_FALSE(checks[0].late());
  EXPECT_EQ(checks[0].thin, (std::vector<std::size_t>{7, 8}));
  EXPECT_TRUE(checks[1].sound());
}

TEST(CheckCollection, BrandsThatAreCollectedAlikeAreNotFlagged) {
  Random random(8);
  for (int world = 0; world < 100; ++world) {
    std::vector<DailyMentions> brands(5);
    for (std::size_t brand = 0; brand < brands.size(); ++brand) {
      const double mean = 2 * std::pow(3.0, static_cast<double>(brand));
      for (int day = 0; day < 60; ++day)
        brands[brand].push_back(
            random.Poisson(mean * (day % 7 < 5 ? 1.2 : 0.5) * std::exp(0.4 * random.Normal())));
      brands[brand][static_cast<std::size_t>(random.Below(60))] *= 8;  // a day on which everybody talks
    }
    for (const BrandCollection& check : CheckCollection(brands)) EXPECT_TRUE(check.sound()) << world;
  }
}

TEST(CheckCollection, NothingAndOneBrandAreNoTrouble) {
  EXPECT_TRUE(CheckCollection({}).empty());
  const std::vector<DailyMentions> alone = {{0, 0, 50, 60}};
  EXPECT_TRUE(CheckCollection(alone)[0].sound()) << "nobody to compare with";
}

TEST(EmptyDays, HolesOfEverybodyAreSeenWhereADayUsuallyHasSome) {
  const std::vector<DailyMentions> brands = {{0, 20, 0, 30, 25}, {0, 5, 0, 5, 0}};
  EXPECT_EQ(EmptyDays(brands), (std::vector<std::size_t>{2}));
  const std::vector<DailyMentions> few = {{1, 0, 2, 1}};
  EXPECT_TRUE(EmptyDays(few).empty());
}

}  // namespace
}  // namespace backcast
