// SPDX-License-Identifier: Apache-2.0
#include "money/platform_claims.h"

#include <algorithm>
#include <limits>

namespace backcast {

std::optional<ClaimRatio> RatioOfClaim(double claimed, double own) {
  if (!(own > 0) || !(claimed >= 0)) return std::nullopt;
  ClaimRatio ratio{claimed / own, std::nullopt, own};
  const Result<Interval> limits = PoissonInterval(own);
  if (limits.ok()) {
    ratio.interval = {claimed / limits.value().high, limits.value().low > 0
                                                         ? claimed / limits.value().low
                                                         : std::numeric_limits<double>::infinity()};
  }
  return ratio;
}

DoubleClaims BoundDoubleClaims(const std::vector<PlatformClaim>& claims, double real) {
  double claimed = 0, greatest = 0;
  for (const PlatformClaim& claim : claims) {
    claimed += claim.claimed;
    greatest = std::max(greatest, claim.claimed);
  }
  DoubleClaims doubles{std::max(0.0, claimed - real), std::nullopt};
  if (greatest <= real) doubles.at_most = claimed - greatest;
  return doubles;
}

ClaimTotal SumClaims(const std::vector<PlatformClaim>& claims, std::optional<double> real) {
  ClaimTotal total;
  for (const PlatformClaim& claim : claims) total.claimed += claim.claimed;
  total.real = real;
  if (!real) return total;
  total.ratio = RatioOfClaim(total.claimed, *real);
  total.doubles = BoundDoubleClaims(claims, *real);
  total.too_many = total.ratio && total.ratio->value > kClaimRatioLimit && *real >= kFewestOwn;
  return total;
}

}  // namespace backcast
