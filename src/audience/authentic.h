// SPDX-License-Identifier: Apache-2.0
// What a random sample of followers says of an account: how many look made up, how many belong to the target
// group and do not, and what that leaves of its engagements. METHODS 1 and 8. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "measure/interval.h"

namespace backcast {

/// Followers below which METHODS 8 calls a sample small.
inline constexpr double kFollowersForSample = 400;

/// Counts of sampled followers.
struct FollowerCounts {
  double sampled = 0;
  double told = 0, suspected = 0;    ///< of whom a rule could say anything; of them, suspected
  double placed = 0, in_target = 0;  ///< of whom the target group is known; of them, in it
  double judged = 0, good = 0;       ///< of whom both are known; of them, in the target and not suspected
  std::map<std::string, double> reasons;  ///< suspected followers by rule; one may have several

  void Add(const FollowerCounts& other);
};

/// k of n with Wilson's interval.
struct SampledShare {
  double k = 0, n = 0, value = 0;
  Interval interval;
};
/// Nothing without anybody to take a share of.
std::optional<SampledShare> ShareOf(double k, double n);

/// A number that is taken down by a share.
struct Reduced {
  double value = 0;
  Interval interval;
  double n = 0;  ///< followers behind it
};

/// Engagements without those of suspected followers, as if these engaged like everybody else; nobody can see
/// whose engagement it was. Nothing where no sample tells.
std::optional<Reduced> AuthenticEngagements(double engagements, const FollowerCounts& followers);

/// Share of followers who are of the target group and not suspected: from the sample where it knows both of
/// them, else `told_target_share` (0 to 1, what the creator says of the audience) less the suspected. Nothing
/// where neither is known.
std::optional<Reduced> AudienceQuality(const FollowerCounts& followers,
                                       std::optional<double> told_target_share);

/// "no_avatar+no_post@1" -> no_avatar, no_post: the rules named, without their version.
void CountReasons(const std::string& bot_rule, double followers, std::map<std::string, double>& reasons);

}  // namespace backcast
