// SPDX-License-Identifier: Apache-2.0
// People who began something in a period, and how far and how fast they came: who has not got there yet is
// censored at the extract, never left out. Pure. METHODS 1.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "journey/step_rate.h"
#include "measure/interval.h"
#include "measure/kaplan_meier.h"

namespace backcast {

/// One step of a cohort, over all who began.
struct CohortStep {
  int began = 0, reached = 0;
  int open = 0;          ///< not there at the extract; they may still come
  int before_start = 0;  ///< there before they began, by the file's own dates; taken as at once
  Interval share;        ///< Wilson's of reached in began: as far as it is known today
  /// Half have got there after so long; `value` is missing when fewer than half did within the time observed.
  std::optional<TimeQuantile> median;
  std::string median_needs;  ///< not empty: too few for a median, and what is needed
  /// Share that gets there within a time; missing when nobody was observed for so long, or nobody began.
  std::optional<EndedWithin> within;
  /// Half of those who did get there took so long. Too short as a forecast while others are still on their
  /// way.
  std::optional<QuantileEstimate> median_of_reached;
};

/// `days`: from the beginning to the step, per person; nothing for whom it has not happened. `observed`: from
/// the beginning to the extract, per person, in days >= 0. `within`: days asked about.
/// Somebody who can never get there any more (a lost lead) stays among those who have not: with every one
/// observed up to the same extract the curve is the share that gets there, lost ones counted as not.
CohortStep ReadCohort(std::span<const std::optional<double>> days, std::span<const double> observed,
                      double within);

/// Those who were observed for `within` days or longer, and how many of them got there in that time: what two
/// periods can be compared by, when the younger one had less time.
StepCounts MaturedCounts(std::span<const std::optional<double>> days, std::span<const double> observed,
                         double within);

}  // namespace backcast
