// SPDX-License-Identifier: Apache-2.0
#include "measure/weekly_noise.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "measure/decompose.h"
#include "measure/quantiles.h"
#include "measure/robust.h"

namespace backcast {
namespace {

constexpr int kMemories = 9;
constexpr double kMemoryStep = 0.1;
constexpr double kIncidentChance = 0.02;     ///< that any week of a series without incidents is left out
constexpr double kMostIncidents = 0.2;       ///< of the weeks
constexpr double kSmallestVariance = 1e-24;  ///< a constant with rounding

struct Week {
  double at = 0, value = 0;
};

std::vector<Week> Known(std::span<const double> weekly) {
  std::vector<Week> known;
  for (std::size_t i = 0; i < weekly.size(); ++i) {
    if (std::isfinite(weekly[i])) known.push_back({static_cast<double>(i), weekly[i]});
  }
  return known;
}

/// The weeks around their median line, incidents left out.
std::vector<Week> Usual(std::span<const double> weekly, std::vector<Week> known) {
  const double slope = TheilSenSlope(weekly).value();
  std::vector<double> values, sizes;
  for (Week& week : known) values.push_back(week.value -= slope * week.at);
  const double centre = Median(std::move(values));
  for (Week& week : known) sizes.push_back(std::abs(week.value -= centre));
  const auto weeks = static_cast<double>(known.size());
  // The scale of few weeks is itself known badly: Student's t with half their degrees.
  const double reach = kMadToSd * Median(std::move(sizes)) *
                       StudentCritical(1 - kIncidentChance / weeks, std::max(1.0, (weeks - 2) / 2));
  std::vector<Week> usual;
  std::copy_if(known.begin(), known.end(), std::back_inserter(usual),
               [&](const Week& week) { return std::abs(week.value) <= reach; });
  const double left_out = weeks - static_cast<double>(usual.size());
  return left_out > kMostIncidents * weeks ? known : usual;
}

/// Generalised least squares of a constant and a slope under one memory; `weight` is the logarithm of the
/// restricted likelihood.
NoiseCase Fit(const std::vector<Week>& weeks, double memory) {
  const double first = weeks.front().at, span = weeks.back().at - first,
               degrees = static_cast<double>(weeks.size()) - 2;
  double ones = 0, mixed = 0, slopes = 0, with_one = 0, with_slope = 0, squares = 0, log_scale = 0;
  for (std::size_t i = 0; i < weeks.size(); ++i) {
    // What the week before (or the last known one) does not say of this one.
    const Week before = i > 0 ? weeks[i - 1] : Week{};
    const double kept = i > 0 ? std::pow(memory, weeks[i].at - before.at) : 0;
    const double fresh = 1 - kept * kept, scale = 1 / std::sqrt(fresh);
    const double one = scale * (1 - kept);
    const double slope = scale * ((weeks[i].at - first) - kept * (before.at - first)) / span;
    const double value = scale * (weeks[i].value - kept * before.value);
    log_scale += std::log(fresh);
    ones += one * one;
    mixed += one * slope;
    slopes += slope * slope;
    with_one += one * value;
    with_slope += slope * value;
    squares += value * value;
  }
  const double determinant = ones * slopes - mixed * mixed;
  const double explained =
      (slopes * with_one * with_one - 2 * mixed * with_one * with_slope + ones * with_slope * with_slope) /
      determinant;
  const double rest = std::max(squares - explained, degrees * kSmallestVariance);
  return {memory, rest / degrees, -(log_scale + std::log(determinant) + degrees * std::log(rest)) / 2};
}

}  // namespace

WeeklyNoise NoiseOfWeeks(std::span<const double> weekly) {
  WeeklyNoise noise;
  std::vector<Week> known = Known(weekly);
  if (known.size() < static_cast<std::size_t>(kWeeksForNoise)) return noise;
  const std::vector<Week> usual = Usual(weekly, known);
  noise.degrees = static_cast<double>(usual.size()) - 2;
  noise.incidents = static_cast<int>(known.size() - usual.size());
  for (int i = 0; i < kMemories; ++i) noise.cases.push_back(Fit(usual, kMemoryStep * i));
  double most = noise.cases.front().weight, sum = 0;
  for (const NoiseCase& each : noise.cases) most = std::max(most, each.weight);
  for (NoiseCase& each : noise.cases) sum += each.weight = std::exp(each.weight - most);
  for (NoiseCase& each : noise.cases) each.weight /= sum;
  return noise;
}

}  // namespace backcast
