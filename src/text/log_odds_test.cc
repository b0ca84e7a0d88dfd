// SPDX-License-Identifier: Apache-2.0
#include "text/log_odds.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace backcast {
namespace {

// By hand: n1 = 100, n2 = 200, prior 30 shared out 90:210 of 300 -> 9 and 21.
TEST(LogOdds, FollowsTheFormula) {
  const std::vector<double> first = {40, 60}, second = {50, 150};
  const auto compared = CompareTerms(first, second, 30);
  ASSERT_TRUE(compared.ok());
  const double here = std::log(49.0 / (130 - 49)), there = std::log(59.0 / (230 - 59));
  EXPECT_NEAR(compared.value()[0].log_odds, here - there, 1e-12);
  EXPECT_NEAR(compared.value()[0].z, (here - there) / std::sqrt(1 / 49.0 + 1 / 59.0), 1e-12);
  EXPECT_NEAR(compared.value()[0].p, std::erfc(compared.value()[0].z / std::sqrt(2)), 1e-12);
  EXPECT_LT(compared.value()[1].z, 0) << "the rest is said less";
}

TEST(LogOdds, IsTurnedRoundWithTheGroups) {
  const std::vector<double> first = {5, 80, 0, 33}, second = {50, 20, 7, 33};
  const auto forth = CompareTerms(first, second), back = CompareTerms(second, first);
  ASSERT_TRUE(forth.ok() && back.ok());
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_NEAR(forth.value()[i].z, -back.value()[i].z, 1e-12);
}

TEST(LogOdds, ThePriorKeepsRareTermsQuiet) {
  std::vector<double> first(500, 20), second(500, 20);
  first[0] = 3, second[0] = 0;
  first[1] = 120, second[1] = 20;
  const auto compared = CompareTerms(first, second);
  ASSERT_TRUE(compared.ok());
  EXPECT_FALSE(compared.value()[0].sure) << "three against none";
  EXPECT_TRUE(compared.value()[1].sure);
  EXPECT_GT(compared.value()[1].z, 3);
  EXPECT_EQ(compared.value()[2].sure, false);
}

// Both groups from one source: at most one in twenty calls may be false; with z > 3 hardly any.
TEST(LogOdds, SaysNothingWhereThereIsNothing) {
  std::mt19937_64 random(7);
  int called = 0;
  for (int world = 0; world < 50; ++world) {
    std::vector<double> first(200), second(200);
    for (std::size_t i = 0; i < first.size(); ++i) {
      std::poisson_distribution<int> draw(5 + static_cast<double>(i));
      first[i] = draw(random), second[i] = draw(random);
    }
    const auto compared = CompareTerms(first, second);
    ASSERT_TRUE(compared.ok());
    for (const SaidMore& term : compared.value()) called += term.sure ? 1 : 0;
  }
  EXPECT_LE(called, 5) << "of 10,000 terms";
}

TEST(LogOdds, RefusesWhatCannotBeCompared) {
  const std::vector<double> some = {1, 2}, none = {0, 0}, one = {1}, bad = {1, -1};
  EXPECT_EQ(CompareTerms(some, none).error().code, Code::kTooLittle);
  EXPECT_EQ(CompareTerms({}, {}).error().code, Code::kTooLittle);
  EXPECT_EQ(CompareTerms(some, one).error().code, Code::kInternal);
  EXPECT_EQ(CompareTerms(some, bad).error().code, Code::kInternal);
  const auto alone = CompareTerms(one, one);
  ASSERT_TRUE(alone.ok());
  EXPECT_EQ(alone.value()[0].p, 1) << "a term that is all that is said has no odds";
}

}  // namespace
}  // namespace backcast
