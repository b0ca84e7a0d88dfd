// SPDX-License-Identifier: Apache-2.0
// Times until something happens (an answer, an order) when some of it has not happened yet: what still waits
// is censored at the time of the extract, never dropped. E. L. Kaplan, P. Meier, JASA 53 (1958); METHODS 1.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "measure/interval.h"

namespace backcast {

/// One item: how long it took, or how long it has waited so far. Any unit, the same for all, >= 0.
struct Wait {
  double time = 0;
  bool ended = false;  ///< false: still waiting when the extract was taken
};

/// The curve after one time at which something ended; between steps it is flat, before the first it is 1.
struct SurvivalStep {
  double time = 0;
  double waiting = 1;  ///< share that waits longer than `time`
  int at_risk = 0;     ///< items that had waited at least until `time`
  int ended = 0;       ///< items that ended exactly then
  double greenwood =
      0;  ///< M. Greenwood's sum of d / (n (n - d)), the variance of ln(waiting); infinite at 0
};

/// Steps in order of time; none when nothing ended. Items censored at the time of a step still count as at
/// risk there. Refused: no item, a time that is negative or not a number.
Result<std::vector<SurvivalStep>> SurvivalCurve(std::span<const Wait> waits);

/// The first time by which a share q, 0 < q < 1, has ended; nothing when the curve never gets there. Without
/// any rule about how much data it takes: KaplanMeierQuantile has them.
std::optional<double> QuantileOfCurve(std::span<const SurvivalStep> curve, double q);

/// A quantile of the time; what is not there was not reached within the time observed.
struct TimeQuantile {
  std::optional<double> value, low, high;
  int items = 0, ended = 0;
};
/// Quantile with its interval (R. Brookmeyer, J. Crowley, Biometrics 38 (1982), on the log-log scale).
/// Refused as too little with fewer items than FewestForQuantile(q, level) - 6 for a median, 36 for the 90th
/// percentile at 95 % - or, when the quantile was reached, with fewer items that ended: not reached among
/// many that wait is an answer, a number from few is not.
Result<TimeQuantile> KaplanMeierQuantile(std::span<const Wait> waits, double q, double level = 0.95);

/// Share that ended within a time, 0 to 1.
struct EndedWithin {
  double share = 0;
  Interval interval;
  int items = 0, at_risk = 0;  ///< all of them; those whose wait lasted at least `time`
};
/// Share of items that end within `time` >= 0, waiting ones counted as long as they were seen. Interval from
/// Greenwood's variance on the log-log scale (J. D. Kalbfleisch, R. L. Prentice, 1980), which stays in [0,
/// 1]; where that is undefined, Wilson's of 0 out of those at risk or of all that ended. Refused: a time
/// beyond what was observed of any item while some still wait.
Result<EndedWithin> ShareEndedWithin(std::span<const Wait> waits, double time, double level = 0.95);

}  // namespace backcast
