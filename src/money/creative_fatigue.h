// SPDX-License-Identifier: Apache-2.0
// Whether people still click on an ad as they did when it was new. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measure/interval.h"

namespace backcast {

/// Days at each end that are compared: whole weeks, so that every weekday is in both.
inline constexpr int kDaysAtEachEnd = 7;
/// Least of an ad: days on which it was shown, impressions in all, clicks at each end.
inline constexpr int kDaysForFatigue = 2 * kDaysAtEachEnd;
inline constexpr double kImpressionsForFatigue = 5000, kClicksForFatigue = 10;

/// One ad: consecutive days since it was first shown, oldest first. NaN, or no impressions: not shown.
struct CreativeDays {
  std::vector<double> impressions, clicks;
};

struct Fatigue {
  enum class Verdict : std::uint8_t { kTired, kNoFallShown, kFresher, kTooLittle };
  Verdict verdict = Verdict::kTooLittle;
  int days = 0;  ///< on which it was shown
  double impressions = 0, clicks = 0;
  double first = 0, last = 0;        ///< click-through rate of the first and the last seven days shown
  double change = 0;                 ///< last / first - 1, as it stands
  std::optional<double> estimate;    ///< the same, drawn towards what all ads did
  std::optional<Interval> interval;  ///< of the estimate, 95 %
  int ads = 0;                       ///< whose common change it was drawn towards; 0: fewer than four
  double together = 0;               ///< that common change
  std::string needs;                 ///< not empty: too little, and what is needed
};

std::string_view ToWord(Fatigue::Verdict verdict);  ///< tired, no_fall_shown, fresher, too_little_data

/// The click-through rate of the last seven days on which an ad was shown against its own first seven, as the
/// logarithm of their ratio. Its error is that of the ad's own days around a straight line, with what is not
/// known of their memory (weekly_noise.h), and never below chance alone (1 / clicks at each end). Four ads or
/// more are drawn towards their mean (shrinkage.h), for the worst of many is worst by luck too. Tired: the
/// whole interval is below nought. It says that fewer of those who see it click, not why.
std::vector<Fatigue> JudgeCreatives(std::span<const CreativeDays> ads);

}  // namespace backcast
