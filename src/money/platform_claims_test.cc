// SPDX-License-Identifier: Apache-2.0
#include "money/platform_claims.h"

#include <gtest/gtest.h>

#include <set>

#include "measure/random.h"

namespace backcast {
namespace {

PlatformClaim Claim(const char* platform, double claimed) { return {platform, claimed, {}, {}}; }

TEST(PlatformClaims, TheRatioIsClaimedOverOwn) {
  const auto ratio = RatioOfClaim(120, 80);
  ASSERT_TRUE(ratio);
  EXPECT_DOUBLE_EQ(ratio->value, 1.5);
  EXPECT_LT(ratio->interval->low, 1.5);
  EXPECT_GT(ratio->interval->high, 1.5);
  EXPECT_FALSE(RatioOfClaim(5, 0));
  EXPECT_EQ(RatioOfClaim(0, 10)->value, 0);
}

TEST(PlatformClaims, AFindingNeedsMoreThanAFifthAndTenConversions) {
  EXPECT_FALSE(SumClaims({Claim("a", 60), Claim("b", 60)}, 100).too_many);
  EXPECT_TRUE(SumClaims({Claim("a", 60), Claim("b", 61)}, 100).too_many);
  EXPECT_FALSE(SumClaims({Claim("a", 9), Claim("b", 9)}, 9).too_many);
  EXPECT_FALSE(SumClaims({Claim("a", 9)}, std::nullopt).too_many);
}

TEST(PlatformClaims, ThereIsNoUpperBoundWhenOnePlatformClaimsMoreThanThereIs) {
  const DoubleClaims doubles = BoundDoubleClaims({Claim("a", 120), Claim("b", 10)}, 100);
  EXPECT_DOUBLE_EQ(doubles.at_least, 30);
  EXPECT_FALSE(doubles.at_most);
}

TEST(PlatformClaims, TheBoundsHoldInEveryWorldWherePlatformsClaimEachSaleOnce) {
  Random random(7);
  for (int world = 0; world < 2000; ++world) {
    const auto real = random.Below(60);
    const auto platforms = 1 + random.Below(4);
    std::vector<PlatformClaim> claims;
    std::set<std::uint64_t> distinct;
    double sum = 0;
    for (std::uint64_t p = 0; p < platforms; ++p) {
      const double share = random.Uniform();
      double claimed = 0;
      for (std::uint64_t sale = 0; sale < real; ++sale) {
        if (random.Uniform() > share) continue;
        distinct.insert(sale);
        ++claimed;
      }
      sum += claimed;
      claims.push_back(Claim("p", claimed));
    }
    const double twice = sum - static_cast<double>(distinct.size());
    const DoubleClaims bounds = BoundDoubleClaims(claims, static_cast<double>(real));
    EXPECT_LE(bounds.at_least, twice);
    ASSERT_TRUE(bounds.at_most);
    EXPECT_GE(*bounds.at_most, twice);
  }
}

}  // namespace
}  // namespace backcast
