// SPDX-License-Identifier: Apache-2.0
// Followers gained and lost, without mistaking a platform's clean-up for people who left. METHODS 1 and 8.
// Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/day.h"
#include "measure/interval.h"

namespace backcast {

/// Fewest days of losses, and followers at the start, for a churn rate.
inline constexpr int kDaysForChurn = 28;
inline constexpr double kFollowersForChurn = 100;
/// A day with losses above the median by so many robust deviations is a clean-up.
inline constexpr double kCleanUpDeviations = 5;

/// One account's days in order; a missing number is NaN.
struct FollowerDay {
  Day day{};
  double end, gained, lost;
};

struct CleanUp {
  Day day{};
  double lost = 0, usual = 0;  ///< usual: the median day
};

struct FollowerChange {
  std::optional<double> start, end;  ///< at the end of the last day before the period, or on its first; last
  Day start_on{}, end_on{};
  std::optional<double> gained, lost;  ///< summed over the days that tell
  int days = 0, lost_days = 0;         ///< in the period; of them, those that tell losses
  std::vector<CleanUp> clean_ups;
  std::optional<double> churn;  ///< losses without clean-ups over `start`
  std::optional<Interval> churn_within;
  std::string churn_needs;  ///< not empty: why there is none
};

/// `days` up to the period's end, ascending; those before the period give the start.
FollowerChange ReadFollowerChange(std::span<const FollowerDay> days, const Window& period);

}  // namespace backcast
