// SPDX-License-Identifier: Apache-2.0
#include "audience/follower_change.h"

#include <algorithm>
#include <cmath>

#include "measure/robust.h"

namespace backcast {
namespace {

/// A clean-up needs a usual day to stand out from.
constexpr std::size_t kDaysForUsual = 14;

void FindCleanUps(std::span<const FollowerDay> days, const Window& period, FollowerChange& change) {
  std::vector<double> losses;
  for (const FollowerDay& day : days) {
    if (!std::isnan(day.lost)) losses.push_back(day.lost);
  }
  if (losses.size() < kDaysForUsual) return;
  const double usual = Median(losses);
  // Losses are counts: a usual day varies at least by the root of its mean.
  const double spread = std::max(RobustDeviation(losses), std::sqrt(std::max(usual, 1.0)));
  for (const FollowerDay& day : days) {
    if (period.Contains(day.day) && !std::isnan(day.lost) && day.lost > usual + kCleanUpDeviations * spread)
      change.clean_ups.push_back({day.day, day.lost, usual});
  }
}

}  // namespace

FollowerChange ReadFollowerChange(std::span<const FollowerDay> days, const Window& period) {
  FollowerChange change;
  for (const FollowerDay& day : days) {
    if (day.day >= period.to) break;
    const bool inside = period.Contains(day.day);
    if (!std::isnan(day.end)) {
      if (!inside || !change.start) {
        change.start = day.end;
        change.start_on = day.day;
      }
      if (inside) {
        change.end = day.end;
        change.end_on = day.day;
      }
    }
    if (!inside) continue;
    ++change.days;
    if (!std::isnan(day.gained)) change.gained = change.gained.value_or(0) + day.gained;
    if (std::isnan(day.lost)) continue;
    ++change.lost_days;
    change.lost = change.lost.value_or(0) + day.lost;
  }
  FindCleanUps(days, period, change);
  if (!change.lost) {
    change.churn_needs = "the export does not tell losses";
  } else if (change.lost_days < kDaysForChurn) {
    change.churn_needs =
        "have " + std::to_string(change.lost_days) + " days of losses, need " + std::to_string(kDaysForChurn);
  } else if (!change.start) {
    change.churn_needs = "the export does not tell how many followers there were";
  } else if (*change.start < kFollowersForChurn) {
    change.churn_needs = "have " + std::to_string(static_cast<long>(*change.start)) +
                         " followers at the start, need " +
                         std::to_string(static_cast<long>(kFollowersForChurn));
  }
  if (!change.churn_needs.empty()) return change;
  double lost = *change.lost;
  for (const CleanUp& day : change.clean_ups) lost -= day.lost - day.usual;
  lost = std::min(lost, *change.start);
  change.churn = lost / *change.start;
  if (const auto within = WilsonInterval(lost, *change.start); within.ok())
    change.churn_within = within.value();
  return change;
}

}  // namespace backcast
