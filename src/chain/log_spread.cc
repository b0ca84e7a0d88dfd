// SPDX-License-Identifier: Apache-2.0
#include "chain/log_spread.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "measure/regression.h"
#include "measure/weekly_noise.h"
#include "plan/per_unit.h"

namespace backcast {
namespace {

constexpr int kDaysPerWeek = 7;
constexpr int kMostWeeks = 156;
constexpr int kLongestStep = 4;  ///< weeks
constexpr std::size_t kLeastDegrees = 2;
constexpr std::size_t kBent = 3;  ///< columns of a constant, a slope and a parabola

struct Steps {
  std::vector<double> logs;  ///< NaN = not known
  int weeks = 1;             ///< of each
};

/// Stretches of so many weeks, the last one ending before `end`, oldest first.
Steps StepsBefore(const DailySeries& series, Day end, int weeks) {
  Steps steps{{}, weeks};
  const std::chrono::days length{kDaysPerWeek * weeks};
  Day to = end;
  for (int seen = weeks; seen <= kMostWeeks && to - length >= series.first; seen += weeks, to -= length) {
    const double value = series.Over({to - length, to}).value_or(0);
    steps.logs.push_back(value > 0 ? std::log(value) : std::numeric_limits<double>::quiet_NaN());
  }
  std::reverse(steps.logs.begin(), steps.logs.end());
  return steps;
}

/// What the level of so many steps can bend to, one row a step.
Columns LevelOf(const Steps& steps) {
  const std::size_t rows = steps.logs.size(), weeks = rows * static_cast<std::size_t>(steps.weeks);
  const Columns weekly = SlowMovement(weeks);
  Columns level(weekly.size());
  for (std::size_t column = 0; column < weekly.size(); ++column) {
    for (std::size_t row = 0; row < rows; ++row)
      level[column].push_back(weekly[column][row * static_cast<std::size_t>(steps.weeks)]);
  }
  return level;
}

}  // namespace

LogSpread SpreadOfStretch(const DailySeries& series, Day end, double stretch_days) {
  const double length = std::min(stretch_days, kDaysPerMonth) / kDaysPerWeek;
  const Steps steps = StepsBefore(series, end, std::clamp(static_cast<int>(length), 1, kLongestStep));
  const Columns level = LevelOf(steps);
  std::vector<double> known;
  Columns rows(level.size());
  for (std::size_t i = 0; i < steps.logs.size(); ++i) {
    if (!std::isfinite(steps.logs[i])) continue;
    known.push_back(steps.logs[i]);
    for (std::size_t column = 0; column < level.size(); ++column) rows[column].push_back(level[column][i]);
  }
  if (known.size() < level.size() + kLeastDegrees) return {};
  const std::optional<Regression> fit = LeastSquares(known, rows);
  if (!fit) return {};
  double squares = 0;
  for (const double rest : fit->residuals) squares += rest * rest;
  return {std::sqrt(squares / fit->degrees * steps.weeks / length), fit->degrees,
          static_cast<int>(steps.logs.size()) * steps.weeks, level.size() > kBent};
}

double ErrorOfMean(const DailySeries& series, Day end, int days) {
  const Steps steps = StepsBefore(series, end, 1);
  const auto weeks = static_cast<std::size_t>(std::max(1, days / kDaysPerWeek));
  const WeeklyNoise noise = NoiseAround(steps.logs, LevelOf(steps));
  if (noise.cases.empty()) return 0;
  return std::sqrt(ErrorOfSum(noise, std::vector<double>(weeks, 1 / static_cast<double>(weeks))).Variance());
}

}  // namespace backcast
