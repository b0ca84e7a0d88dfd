// SPDX-License-Identifier: Apache-2.0
// How long people wait, those who still wait included: median, 90th percentile, and the share that was
// served in time, with what is missing where they cannot be told.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "care/standard.h"
#include "measure/kaplan_meier.h"

namespace backcast {

/// Events below which a median is shown as too little data, and a 90th percentile has no limits (METHODS 0).
inline constexpr int kFewestForMedianTime = 20, kFewestForP90Time = 36;

/// A quantile of the waiting time, or why there is none.
struct WaitingTime {
  std::optional<TimeQuantile> time;  ///< seconds; its value may be "not reached"
  std::string needs;                 ///< not empty: too little data, with what there is and what it takes
};

struct WaitingTimes {
  int items = 0, ended = 0;
  double longest_open = 0;  ///< seconds that the oldest open one has waited
  WaitingTime median, p90;
};

/// `waits` in seconds.
WaitingTimes ReadWaiting(std::span<const Wait> waits);

/// What was promised: a share within a time, by a clock.
struct KeptPromise {
  std::optional<EndedWithin> within;
  std::string needs;      ///< why there is no share
  bool withheld = false;  ///< its clock cannot run, `needs` says why: nothing is judged
  StandardVerdict verdict = StandardVerdict::kTooFew;
};

/// The share of `waits` that ended within `seconds`, judged by its interval against `at_least` (0: not
/// judged). Under 20 items there is a share and no verdict.
KeptPromise ReadPromise(std::span<const Wait> waits, double seconds, double at_least);

}  // namespace backcast
