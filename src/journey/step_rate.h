// SPDX-License-Identifier: Apache-2.0
// The rate between two stages of a journey, and whether it moved. Pure. METHODS 0, 1, 7, 11.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measure/interval.h"

namespace backcast {

/// Fewest in the earlier stage for a verdict on a share; fewest days for one on a ratio of two reports;
/// fewest in the later stage for either.
inline constexpr double kFewestForShare = 20;
inline constexpr int kFewestDaysForRatio = 10;
inline constexpr double kFewestEvents = 10;

/// Two stages of one period.
struct StepCounts {
  double from = 0, to = 0;  ///< how many stood at the earlier and at the later stage
  /// The later ones are some of the earlier ones (rows of one fact that also meet a condition): Wilson. Else
  /// both are sums of daily reports and the day is the unit of chance.
  bool part_of = false;
  std::vector<double> daily_from, daily_to;  ///< days on which both are known, in one order
};

struct StepRate {
  double rate = 0;  ///< to / from; above 1 where the later stage has other ways in
  std::optional<Interval> interval;
  double standard_error = 0, degrees = 0;  ///< of a ratio of days
  bool wilson = false;
  std::string needs;  ///< not empty: too little for a verdict, and what is needed
};

/// Nothing when the earlier stage is empty. A rate below the minimum has its interval, where there is one,
/// and `needs`.
std::optional<StepRate> RateOfStep(const StepCounts& counts);

enum class StepVerdict : std::uint8_t { kBetter, kWorse, kNoDifferenceShown, kTooLittle };
std::string_view ToWord(StepVerdict verdict);  ///< better, worse, no_difference_shown, too_little_data

struct StepChange {
  StepVerdict verdict = StepVerdict::kTooLittle;
  double difference = 0;             ///< now - before, of the rate
  std::optional<Interval> interval;  ///< 95 %, of the difference
  double p = 1, adjusted_p = 1;
  std::string needs;
};

/// One step in two periods; either may be missing.
struct StepPair {
  StepCounts now, before;
};

/// Every step against the period before. Shares: Newcombe's interval 10 (Statistics in Medicine 17 (1998))
/// and the pooled z test; ratios of days: Welch's t over days. p adjusted over all steps
/// (Benjamini-Hochberg), a change is one at 0.05. Below the minimum in either period: too little, with the
/// number of the earlier stage that shows a fall of a fifth with 80 % power.
std::vector<StepChange> CompareSteps(std::span<const StepPair> steps);

/// Units per period that show a change of the share `rate` by the part `change` with 80 % power at 5 %:
/// METHODS 11. 0 < rate < 1.
double NeededForChange(double rate, double change);

/// The step that fell most, relative to itself, among those whose change is `kWorse`; nothing when none is.
std::optional<std::size_t> WeakestStep(std::span<const StepPair> steps, std::span<const StepChange> changes);

}  // namespace backcast
