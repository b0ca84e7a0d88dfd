// SPDX-License-Identifier: Apache-2.0
#include "measure/stages.h"

#include <algorithm>
#include <cmath>

#include "measure/benjamini_hochberg.h"
#include "measure/distributions.h"

namespace backcast {
namespace {

constexpr double kLevel = 0.05;
constexpr double kSmallestShare = 0.2;  ///< of all movement, for a stage to be named
constexpr double kCut = 3;              ///< robust standard deviations
constexpr double kMostMemory = 0.8;     ///< autocorrelation that a short series can still show
constexpr double kMadToSd = 1.4826;

double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

struct Noise {
  double sd = 0, memory = 0;  ///< of one week; first autocorrelation
  double weeks = 0;
};

/// Residuals of the known weeks around their straight line, by the median of slopes so that an incident does
/// not tilt it.
std::vector<double> Residuals(std::span<const double> weekly) {
  std::vector<double> known, at;
  for (std::size_t i = 0; i < weekly.size(); ++i) {
    if (!std::isfinite(weekly[i])) continue;
    known.push_back(weekly[i]);
    at.push_back(static_cast<double>(i));
  }
  std::vector<double> slopes;
  for (std::size_t i = 0; i < known.size(); ++i) {
    for (std::size_t j = i + 1; j < known.size(); ++j)
      slopes.push_back((known[j] - known[i]) / (at[j] - at[i]));
  }
  if (slopes.empty()) return {};
  const double slope = Median(slopes);
  for (std::size_t i = 0; i < known.size(); ++i) known[i] -= slope * at[i];
  const double centre = Median(known);
  for (double& value : known) value -= centre;
  return known;
}

Noise NoiseOf(std::span<const double> weekly) {
  std::vector<double> rest = Residuals(weekly);
  Noise noise;
  noise.weeks = static_cast<double>(rest.size());
  if (rest.size() < 4) return noise;
  std::vector<double> size;
  for (const double value : rest) size.push_back(std::abs(value));
  const double robust = kMadToSd * Median(size);
  if (robust > 0) {
    for (double& value : rest) value = std::clamp(value, -kCut * robust, kCut * robust);
  }
  double squares = 0, products = 0, mean = 0;
  for (const double value : rest) mean += value / noise.weeks;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    squares += (rest[i] - mean) * (rest[i] - mean);
    if (i > 0) products += (rest[i] - mean) * (rest[i - 1] - mean);
  }
  noise.sd = std::sqrt(squares / (noise.weeks - 2));
  // Kendall 1954: the estimate of a short series with mean and slope taken out is too small by about (2 + 4
  // rho) / n.
  const double raw = squares > 0 ? products / squares : 0;
  noise.memory = std::clamp(raw + (2 + 4 * raw) / noise.weeks, 0.0, kMostMemory);
  return noise;
}

/// Variance of mean(now) - mean(before) of an AR(1) series with unit variance.
double VarianceOfDifference(double memory, int now, int before, int between) {
  std::vector<double> weight(static_cast<std::size_t>(now + before + between), 0);
  for (int i = 0; i < before; ++i) weight[static_cast<std::size_t>(i)] = -1.0 / before;
  for (int i = 0; i < now; ++i) weight[static_cast<std::size_t>(before + between + i)] = 1.0 / now;
  double variance = 0;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    for (std::size_t j = 0; j < weight.size(); ++j)
      variance +=
          weight[i] * weight[j] * std::pow(memory, std::abs(static_cast<double>(i) - static_cast<double>(j)));
  }
  return variance;
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
  const Noise noise = NoiseOf(stage.weekly);
  const double spread =
      noise.sd * noise.sd *
      VarianceOfDifference(noise.memory, std::max(1, stage.weeks_now), std::max(1, stage.weeks_before),
                           std::max(0, stage.weeks_between));
  const double chance =
      ChanceOf(stage.now, stage.now_n, stage.is_rate) + ChanceOf(stage.before, stage.before_n, stage.is_rate);
  finding.standard_error = std::sqrt(std::max(spread, chance));
  const double degrees = std::max(3.0, (noise.weeks - 2) * (1 - noise.memory) / (1 + noise.memory));
  finding.critical = StudentCritical(1 - kLevel, degrees);
  if (finding.standard_error > 0)
    finding.p = StudentTwoSidedP(finding.log_change / finding.standard_error, degrees);
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
