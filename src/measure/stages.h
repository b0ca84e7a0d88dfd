// SPDX-License-Identifier: Apache-2.0
// Which stage of a product moved more than its weeks usually do (METHODS 7).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "measure/decompose.h"

namespace backcast {

/// Weeks of history without which nothing is called significant.
inline constexpr int kWeeksForStages = 8;

/// One factor in two periods, with the weeks before them.
struct StageHistory {
  /// ln of its weekly values up to the day before the period, oldest first; the compared period is usually
  /// among them. NaN = not known.
  std::span<const double> weekly;
  double now = 0, before = 0;      ///< values in the two periods
  double now_n = 0, before_n = 0;  ///< events (of a count) or divisors (of a rate) behind them; 0 = not known
  bool is_rate = false;            ///< a share of its divisor; else a count or an amount
  int weeks_now = 4, weeks_before = 4;
  int weeks_between = 0;  ///< between the end of the compared period and the begin of the period
};

struct StageFinding {
  double contribution = 0;  ///< to the change of the product, in its unit
  double log_change = 0;    ///< ln(now / before)
  double standard_error = 0;
  double critical = 0;  ///< log_change ± critical * standard_error is a 95 % interval
  double p = 1, adjusted_p = 1;
  bool significant = false;  ///< adjusted_p <= 0.05
  bool named = false;        ///< significant, and at least a fifth of all movement
};

struct StageDiagnosis {
  std::vector<StageFinding> stages;
  DecompositionMethod method = DecompositionMethod::kLogMean;
  std::string needs;  ///< not empty: too little history, and what is needed; the parts add up all the same
};

/// Parts by LmdiContributions. The error of ln(now / before) comes from the stage's own weeks (NoiseOfWeeks:
/// around a straight line, incidents left out, every memory that the weeks may have with its likelihood),
/// carried into the difference of two means of weeks so far apart, and never less than the chance of the
/// events themselves (Poisson, binomial). p and the interval are means over the memories of Student's t;
/// standard_error is the root of the mean variance. Benjamini-Hochberg over the stages. The change is judged
/// against no change: a steady trend is a change too, but it does not count as noise.
StageDiagnosis DiagnoseStages(std::span<const StageHistory> stages);

}  // namespace backcast
