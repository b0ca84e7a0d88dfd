// SPDX-License-Identifier: Apache-2.0
#include "journey/cohort.h"

#include <algorithm>

namespace backcast {

CohortStep ReadCohort(std::span<const std::optional<double>> days, std::span<const double> observed,
                      double within) {
  CohortStep step;
  std::vector<Wait> waits;
  std::vector<double> reached;
  for (std::size_t i = 0; i < days.size(); ++i) {
    ++step.began;
    if (!days[i]) {
      ++step.open;
      waits.push_back({std::max(0.0, observed[i]), false});
      continue;
    }
    ++step.reached;
    if (*days[i] < 0) ++step.before_start;
    waits.push_back({std::max(0.0, *days[i]), true});
    reached.push_back(*days[i]);
  }
  if (step.began == 0) return step;
  if (const auto share = WilsonInterval(step.reached, step.began); share.ok()) step.share = share.value();
  if (const auto median = KaplanMeierQuantile(waits, 0.5); median.ok()) {
    step.median = median.value();
  } else {
    step.median_needs = "have " + std::to_string(step.reached) + " of " + std::to_string(step.began) +
                        ", need about " + std::to_string(FewestForQuantile(0.5)) + " that got there";
  }
  if (const auto share = ShareEndedWithin(waits, within); share.ok()) step.within = share.value();
  if (!reached.empty()) {
    if (const auto quantile = QuantileInterval(reached, 0.5); quantile.ok())
      step.median_of_reached = quantile.value();
  }
  return step;
}

StepCounts MaturedCounts(std::span<const std::optional<double>> days, std::span<const double> observed,
                         double within) {
  StepCounts counts;
  counts.part_of = true;
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (observed[i] < within) continue;
    counts.from += 1;
    if (days[i] && *days[i] <= within) counts.to += 1;
  }
  return counts;
}

}  // namespace backcast
