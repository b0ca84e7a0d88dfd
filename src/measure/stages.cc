// SPDX-License-Identifier: Apache-2.0
#include "measure/stages.h"

#include <algorithm>
#include <cmath>

#include "measure/benjamini_hochberg.h"
#include "measure/distributions.h"
#include "measure/quantiles.h"
#include "measure/weekly_noise.h"

namespace backcast {
namespace {

constexpr double kLevel = 0.05;
constexpr double kSmallestShare = 0.2;  ///< of all movement, for a stage to be named
constexpr double kStill = 1e-9;         ///< a standard error below is that of a constant with rounding
constexpr double kLeastDegrees = 3;
constexpr double kNegligible = 1e-6;   ///< weight of a memory
constexpr double kCloseEnough = 1e-4;  ///< of a half width

/// Variance of mean(now) - mean(before) of an AR(1) series with unit variance.
double VarianceOfDifference(double memory, int now, int before, int between) {
  std::vector<double> weight(static_cast<std::size_t>(now + before + between), 0);
  for (int i = 0; i < before; ++i) weight[static_cast<std::size_t>(i)] = -1.0 / before;
  for (int i = 0; i < now; ++i) weight[static_cast<std::size_t>(before + between + i)] = 1.0 / now;
  std::vector<double> correlation(weight.size(), 1);  // by distance
  for (std::size_t i = 1; i < weight.size(); ++i) correlation[i] = memory * correlation[i - 1];
  double variance = 0;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    for (std::size_t j = 0; j < weight.size(); ++j)
      variance += weight[i] * weight[j] * correlation[i > j ? i - j : j - i];
  }
  return variance;
}

/// Variance of ln(value) from the chance of its events alone.
double ChanceOf(double value, double events, bool is_rate) {
  if (events <= 0) return 0;
  if (!is_rate) return 1 / events;
  return value > 0 && value < 1 ? (1 - value) / (value * events) : 0;
}

/// The error of a change, one case for each memory that the weeks may have.
struct ChangeError {
  std::vector<double> deviations, weights;
  double degrees = kLeastDegrees;

  double Variance() const {
    double variance = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) variance += weights[i] * deviations[i] * deviations[i];
    return variance;
  }

  /// Chance of a change at least as large, either way.
  double TwoSidedP(double change) const {
    double p = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
      p += weights[i] * StudentTwoSidedP(change / deviations[i], degrees);
    return p;
  }

  /// The change that chance exceeds with kLevel: between those of the smallest and the largest case.
  double HalfWidth() const {
    const auto [least, most] = std::minmax_element(deviations.begin(), deviations.end());
    const double critical = StudentCritical(1 - kLevel, degrees);
    double low = *least * critical, high = *most * critical;
    while (high - low > kCloseEnough * high) {
      const double middle = (low + high) / 2;
      (TwoSidedP(middle) > kLevel ? low : high) = middle;
    }
    return high;
  }
};

ChangeError ErrorOf(const StageHistory& stage) {
  const WeeklyNoise noise = NoiseOfWeeks(stage.weekly);
  const double chance =
      ChanceOf(stage.now, stage.now_n, stage.is_rate) + ChanceOf(stage.before, stage.before_n, stage.is_rate);
  ChangeError error;
  error.degrees = std::max(kLeastDegrees, noise.degrees);
  for (const NoiseCase& each : noise.cases) {
    if (each.weight < kNegligible) continue;
    const double spread = each.variance * VarianceOfDifference(each.memory, std::max(1, stage.weeks_now),
                                                               std::max(1, stage.weeks_before),
                                                               std::max(0, stage.weeks_between));
    error.deviations.push_back(std::sqrt(std::max(spread, chance)));
    error.weights.push_back(each.weight);
  }
  if (noise.cases.empty()) {
    error.deviations = {std::sqrt(chance)};
    error.weights = {1};
  }
  return error;
}

void Judge(const StageHistory& stage, StageFinding& finding) {
  if (!(stage.now > 0) || !(stage.before > 0)) return;
  finding.log_change = std::log(stage.now / stage.before);
  const ChangeError error = ErrorOf(stage);
  const double standard_error = std::sqrt(error.Variance());
  // A number that never moved by itself and has no events behind it: what is usual cannot be known.
  if (standard_error < kStill) return;
  finding.standard_error = standard_error;
  finding.critical = error.HalfWidth() / finding.standard_error;
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
