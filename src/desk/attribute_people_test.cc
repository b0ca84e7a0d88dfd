// SPDX-License-Identifier: Apache-2.0
#include "desk/attribute_people.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace backcast {
namespace {

TEST(People, IdsOfOnePersonHaveOneNumberThroughAnySteps) {
  People people;
  people.Join(7, 3);
  people.Join(9, 7);
  people.Join(std::int64_t{1} << 40, 9);
  people.Join(-5, 4);
  EXPECT_EQ(people.NumberOf(9), 0U) << "numbers are given by first question";
  EXPECT_EQ(people.NumberOf(3), 0U);
  EXPECT_EQ(people.NumberOf(std::int64_t{1} << 40), 0U);
  EXPECT_EQ(people.NumberOf(4), people.NumberOf(-5));
  EXPECT_NE(people.NumberOf(4), people.NumberOf(3));
}

TEST(People, NumbersAreDenseForAnyIds) {
  People people;
  std::set<std::uint32_t> numbers;
  std::vector<std::int64_t> ids = {
      0, 1, 1'000'000, (std::int64_t{1} << 26) - 1, std::int64_t{1} << 26, std::int64_t{1} << 62, -1};
  for (const std::int64_t id : ids) numbers.insert(people.NumberOf(id));
  for (const std::int64_t id : ids) numbers.insert(people.NumberOf(id));
  EXPECT_EQ(numbers.size(), ids.size());
  EXPECT_EQ(*numbers.rbegin(), ids.size() - 1);
}

TEST(People, TheOrderOfIdsDoesNotDependOnTheQuestions) {
  constexpr std::int64_t kFar = std::int64_t{1} << 40;
  const std::vector<std::int64_t> ids = {-9, -2, 0, 5, 8, 1'000'000, kFar, kFar + 3};
  std::vector<std::int64_t> asked = ids;
  std::mt19937 random(4);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(asked.begin(), asked.end(), random);
    People people;
    people.Join(7, 5);
    for (const std::int64_t id : asked) people.NumberOf(id == 5 ? 7 : id);
    const std::vector<std::uint32_t> ordered = people.Ordered();
    ASSERT_EQ(ordered.size(), ids.size());
    for (std::uint32_t place = 0; place < ids.size(); ++place)
      EXPECT_EQ(ordered[people.NumberOf(ids[place])], place) << ids[place];
  }
}

}  // namespace
}  // namespace backcast
