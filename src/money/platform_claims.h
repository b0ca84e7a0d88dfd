// SPDX-License-Identifier: Apache-2.0
// What ad platforms claim beside what the own books say. Every platform counts each conversion that it
// touched, so their sum counts conversions several times. Pure. METHODS 2 (platform claims).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measure/interval.h"

namespace backcast {

/// Above this, sum of claims over real conversions is a finding by itself.
inline constexpr double kClaimRatioLimit = 1.2;
/// Fewest own conversions for a ratio to be judged; fewer are shown.
inline constexpr double kFewestOwn = 10;

/// One platform, days of one period. Counts may be fractional (data-driven models).
struct PlatformClaim {
  std::string platform;
  double claimed = 0;               ///< conversions that the platform reports
  std::optional<double> view_only;  ///< of them, without a click
  std::optional<double> own;        ///< conversions that the own books credit to the platform's channels
};

/// Claimed over own-measured conversions. The claim is a count that is printed, not sampled; the own count is
/// taken as Poisson (Garwood), as with every cost per X.
struct ClaimRatio {
  double value = 0;
  std::optional<Interval> interval;  ///< `high` is infinite where the own count may be nought
  double own = 0;
};

/// Nothing when there is no own conversion.
std::optional<ClaimRatio> RatioOfClaim(double claimed, double own);

/// How many claims are no conversion of their own: the same sale claimed by two platforms, or no sale at all.
/// Each real conversion can be claimed rightly once, so of `claimed` claims over `real` conversions at least
/// max(0, claimed - real) are too many. If every platform claims only real conversions, and each once, then
/// at least as many different ones are claimed as the greatest claim alone, so at most claimed - greatest
/// are; a platform that claims more than there are breaks that condition, and then there is no such limit.
struct DoubleClaims {
  double at_least = 0;
  std::optional<double> at_most;
};
DoubleClaims BoundDoubleClaims(const std::vector<PlatformClaim>& claims, double real);

/// All platforms together.
struct ClaimTotal {
  double claimed = 0;
  std::optional<double> real;  ///< all conversions of the own books, whatever their channel
  std::optional<ClaimRatio> ratio;
  DoubleClaims doubles;
  bool too_many = false;  ///< ratio above kClaimRatioLimit with at least kFewestOwn real conversions
};
ClaimTotal SumClaims(const std::vector<PlatformClaim>& claims, std::optional<double> real);

}  // namespace backcast
