// SPDX-License-Identifier: Apache-2.0
#include "measure/stages.h"

#include <algorithm>
#include <cmath>

#include "measure/benjamini_hochberg.h"
#include "measure/distributions.h"
#include "measure/weekly_noise.h"

namespace backcast {
namespace {

constexpr double kLevel = 0.05;
constexpr double kSmallestShare = 0.2;  ///< of all movement, for a stage to be named
constexpr double kStill = 1e-9;         ///< a standard error below is that of a constant with rounding

/// mean(now) - mean(before) as a sum over the weeks from the first to the last of both.
std::vector<double> DifferenceOfMeans(const StageHistory& stage) {
  const int now = std::max(1, stage.weeks_now), before = std::max(1, stage.weeks_before),
            between = std::max(0, stage.weeks_between);
  std::vector<double> weights(static_cast<std::size_t>(before), -1.0 / before);
  weights.resize(static_cast<std::size_t>(before + between), 0);
  weights.resize(static_cast<std::size_t>(before + between + now), 1.0 / now);
  return weights;
}

/// Variance of ln(value) from the chance of its events alone.
double ChanceOf(double value, double events, bool is_rate) {
  if (events <= 0) return 0;
  if (!is_rate) return 1 / events;
  return value > 0 && value < 1 ? (1 - value) / (value * events) : 0;
}

void Judge(const StageHistory& stage, StageFinding& finding) {
  if (!(stage.now > 0) || !(stage.before > 0)) return;
  finding.log_change = std::log(stage.now / stage.before);
  const double chance =
      ChanceOf(stage.now, stage.now_n, stage.is_rate) + ChanceOf(stage.before, stage.before_n, stage.is_rate);
  const SumError error = ErrorOfSum(NoiseOfWeeks(stage.weekly), DifferenceOfMeans(stage), chance);
  const double standard_error = std::sqrt(error.Variance());
  // A number that never moved by itself and has no events behind it: what is usual cannot be known.
  if (standard_error < kStill) return;
  finding.standard_error = standard_error;
  finding.critical = error.HalfWidth(1 - kLevel) / finding.standard_error;
  finding.p = error.TwoSidedP(finding.log_change);
}

}  // namespace

StageDiagnosis DiagnoseStages(std::span<const StageHistory> stages) {
  StageDiagnosis diagnosis;
  diagnosis.stages.resize(stages.size());
  std::vector<double> before, now, p;
  double fewest = 1e9;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    before.push_back(stages[i].before);
    now.push_back(stages[i].now);
    Judge(stages[i], diagnosis.stages[i]);
    p.push_back(diagnosis.stages[i].p);
    fewest =
        std::min(fewest, static_cast<double>(std::count_if(stages[i].weekly.begin(), stages[i].weekly.end(),
                                                           [](double week) { return std::isfinite(week); })));
  }
  const Result<Decomposition> found = LmdiContributions(before, now);
  const Decomposition parts =
      found.ok() ? found.value() : Decomposition{std::vector<double>(stages.size(), 0)};
  diagnosis.method = parts.method;
  double moved = 0;
  for (const double part : parts.parts) moved += std::abs(part);
  const std::vector<double> adjusted = BenjaminiHochberg(p);
  if (fewest < kWeeksForStages) {
    diagnosis.needs = std::to_string(static_cast<int>(fewest)) + " weeks of history before the period, and " +
                      std::to_string(kWeeksForStages) + " are needed to know what is usual";
  }
  for (std::size_t i = 0; i < stages.size(); ++i) {
    StageFinding& finding = diagnosis.stages[i];
    finding.contribution = parts.parts[i];
    finding.adjusted_p = adjusted[i];
    finding.significant = diagnosis.needs.empty() && finding.adjusted_p <= kLevel;
    finding.named = finding.significant && std::abs(finding.contribution) >= kSmallestShare * moved;
  }
  return diagnosis;
}

}  // namespace backcast
