// SPDX-License-Identifier: Apache-2.0
#include "audience/authentic.h"

#include <algorithm>

namespace backcast {

void FollowerCounts::Add(const FollowerCounts& other) {
  sampled += other.sampled;
  told += other.told;
  suspected += other.suspected;
  placed += other.placed;
  in_target += other.in_target;
  judged += other.judged;
  good += other.good;
  for (const auto& [reason, followers] : other.reasons) reasons[reason] += followers;
}

std::optional<SampledShare> ShareOf(double k, double n) {
  const Result<Interval> interval = WilsonInterval(k, n);
  if (!interval.ok()) return std::nullopt;
  return SampledShare{k, n, k / n, interval.value()};
}

std::optional<Reduced> AuthenticEngagements(double engagements, const FollowerCounts& followers) {
  const auto suspected = ShareOf(followers.suspected, followers.told);
  if (!suspected) return std::nullopt;
  return Reduced{engagements * (1 - suspected->value),
                 {engagements * (1 - suspected->interval.high), engagements * (1 - suspected->interval.low)},
                 suspected->n};
}

std::optional<Reduced> AudienceQuality(const FollowerCounts& followers,
                                       std::optional<double> told_target_share) {
  if (const auto both = ShareOf(followers.good, followers.judged))
    return Reduced{both->value, both->interval, both->n};
  if (!told_target_share) return std::nullopt;
  return AuthenticEngagements(*told_target_share, followers);
}

void CountReasons(const std::string& bot_rule, double followers, std::map<std::string, double>& reasons) {
  const std::string rules = bot_rule.substr(0, bot_rule.rfind('@'));
  for (std::size_t from = 0; from < rules.size();) {
    const std::size_t end = std::min(rules.find('+', from), rules.size());
    if (end > from) reasons[rules.substr(from, end - from)] += followers;
    from = end + 1;
  }
}

}  // namespace backcast
