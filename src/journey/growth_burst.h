// SPDX-License-Identifier: Apache-2.0
// Days on which an account gained more followers than its past explains, and nothing that it did does. Pure.
// METHODS 8 and 9.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/day.h"

namespace backcast {

/// One account's consecutive days, oldest first; missing values are NaN.
struct AccountDays {
  Day first{};
  std::vector<double> gained, posts, engagements, spend;
};

struct GrowthBurst {
  Day day{};     ///< the day, or the last of the week
  int days = 1;  ///< 7 for a week
  double gained = 0, expected = 0;
  /// What rose on that day or the two before: posts, engagements, ad spend; none: nothing explains it.
  std::vector<std::string> rose;
};

struct GrowthBursts {
  std::vector<GrowthBurst> bursts;
  int judged = 0;      ///< days, or weeks, that could be judged
  bool weeks = false;  ///< too few a day: whole weeks that end with the last day were judged
  std::string needs;   ///< not empty: none could, and why
};

/// Judges every day from `from` to `to` (both indexes into the days) by JudgeToday over the days up to it;
/// where none can be, because too few come a day, the whole weeks in it by JudgeWeek, all of them together. A
/// cause rose when the three days together are over one and a half times the median of any three days in a
/// row of the four weeks before them, and above nought where that is nought.
GrowthBursts FindBursts(const AccountDays& days, std::size_t from, std::size_t to);

}  // namespace backcast
