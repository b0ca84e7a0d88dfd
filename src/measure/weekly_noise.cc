// SPDX-License-Identifier: Apache-2.0
#include "measure/weekly_noise.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "measure/decompose.h"
#include "measure/distributions.h"
#include "measure/robust.h"

namespace backcast {
namespace {

constexpr int kMemories = 9;
constexpr double kMemoryStep = 0.1;
constexpr double kIncidentChance = 0.02;     ///< that any week of a series without incidents is left out
constexpr double kMostIncidents = 0.2;       ///< of the weeks
constexpr double kSmallestVariance = 1e-24;  ///< a constant with rounding
constexpr double kNegligible = 1e-6;         ///< weight of a memory
constexpr double kLeastDegrees = 3;
constexpr double kCloseEnough = 1e-4;  ///< of a half width

/// The known weeks: a row of the level's columns and the value, and when it was.
struct KnownWeeks {
  Eigen::MatrixXd rows;
  std::vector<std::size_t> at;
};

KnownWeeks Known(std::span<const double> weekly, const Columns& level) {
  KnownWeeks known;
  for (std::size_t i = 0; i < weekly.size(); ++i) {
    if (std::isfinite(weekly[i])) known.at.push_back(i);
  }
  const auto width = static_cast<Eigen::Index>(level.size());
  known.rows.resize(static_cast<Eigen::Index>(known.at.size()), width + 1);
  for (Eigen::Index row = 0; row < known.rows.rows(); ++row) {
    const std::size_t i = known.at[static_cast<std::size_t>(row)];
    for (Eigen::Index column = 0; column < width; ++column)
      known.rows(row, column) = level[static_cast<std::size_t>(column)][i];
    known.rows(row, width) = weekly[i];
  }
  return known;
}

/// Generalised least squares under one memory; `weight` is the logarithm of the restricted likelihood, not a
/// number where the columns depend on each other.
NoiseCase Fit(const KnownWeeks& known, double memory) {
  const Eigen::Index width = known.rows.cols() - 1;
  Eigen::MatrixXd fresh = known.rows;
  double log_scale = 0;
  for (Eigen::Index row = 1; row < fresh.rows(); ++row) {
    // What the last known week does not say of this one.
    const auto i = static_cast<std::size_t>(row);
    const double kept = std::pow(memory, static_cast<double>(known.at[i] - known.at[i - 1]));
    fresh.row(row) = (known.rows.row(row) - kept * known.rows.row(row - 1)) / std::sqrt(1 - kept * kept);
    log_scale += std::log(1 - kept * kept);
  }
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(fresh.leftCols(width));
  if (qr.rank() < width) return {memory, 0, std::numeric_limits<double>::quiet_NaN()};
  const Eigen::VectorXd rest = fresh.col(width) - fresh.leftCols(width) * qr.solve(fresh.col(width));
  const auto degrees = static_cast<double>(fresh.rows() - width);
  const double squares = std::max(rest.squaredNorm(), degrees * kSmallestVariance);
  // The absolute determinant of R is the root of that of X'X.
  const double log_information = 2 * qr.matrixQR().diagonal().head(width).array().abs().log().sum();
  return {memory, squares / degrees, -(log_scale + log_information + degrees * std::log(squares)) / 2};
}

/// The weeks with incidents taken for not known.
std::vector<double> Usual(std::span<const double> weekly, std::size_t known, int& incidents) {
  const double slope = TheilSenSlope(weekly).value();
  std::vector<double> usual(weekly.begin(), weekly.end()), values;
  for (std::size_t i = 0; i < weekly.size(); ++i) {
    if (std::isfinite(weekly[i])) values.push_back(weekly[i] - slope * static_cast<double>(i));
  }
  const double centre = Median(values);
  const auto weeks = static_cast<double>(known);
  // The scale of few weeks is itself known badly: Student's t with half their degrees.
  const double reach =
      RobustDeviation(values) * StudentCritical(1 - kIncidentChance / weeks, std::max(1.0, (weeks - 2) / 2));
  for (std::size_t i = 0; i < usual.size(); ++i) {
    if (!(std::abs(usual[i] - slope * static_cast<double>(i) - centre) > reach)) continue;
    usual[i] = std::numeric_limits<double>::quiet_NaN();
    ++incidents;
  }
  if (incidents <= kMostIncidents * weeks) return usual;
  incidents = 0;
  return {weekly.begin(), weekly.end()};
}

}  // namespace

WeeklyNoise NoiseAround(std::span<const double> weekly, const Columns& level) {
  WeeklyNoise noise;
  const KnownWeeks known = Known(weekly, level);
  if (known.at.size() < level.size() + static_cast<std::size_t>(kSpareWeeks)) return noise;
  double most = -std::numeric_limits<double>::infinity(), sum = 0;
  for (int i = 0; i < kMemories; ++i) {
    noise.cases.push_back(Fit(known, kMemoryStep * i));
    most = std::max(most, noise.cases.back().weight);
    if (std::isnan(noise.cases.back().weight)) return {};
  }
  noise.degrees = static_cast<double>(known.at.size() - level.size());
  for (NoiseCase& each : noise.cases) sum += each.weight = std::exp(each.weight - most);
  for (NoiseCase& each : noise.cases) each.weight /= sum;
  return noise;
}

WeeklyNoise NoiseOfWeeks(std::span<const double> weekly) {
  const Columns line = TrendAndYear(weekly.size(), 0);
  const auto known = static_cast<std::size_t>(
      std::count_if(weekly.begin(), weekly.end(), [](double week) { return std::isfinite(week); }));
  if (known < line.size() + static_cast<std::size_t>(kSpareWeeks)) return {};
  int incidents = 0;
  WeeklyNoise noise = NoiseAround(Usual(weekly, known, incidents), line);
  noise.incidents = incidents;
  return noise;
}

double SumError::Variance() const {
  double variance = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) variance += weights[i] * deviations[i] * deviations[i];
  return variance;
}

double SumError::TwoSidedP(double value) const {
  double p = 0;
  for (std::size_t i = 0; i < weights.size(); ++i)
    p += weights[i] * StudentTwoSidedP(value / deviations[i], degrees);
  return p;
}

double SumError::HalfWidth(double level) const {
  // It lies between those of the smallest and of the largest case.
  const auto [least, most] = std::minmax_element(deviations.begin(), deviations.end());
  const double critical = StudentCritical(level, degrees);
  double low = *least * critical, high = *most * critical;
  while (high - low > kCloseEnough * high) {
    const double middle = (low + high) / 2;
    (TwoSidedP(middle) > 1 - level ? low : high) = middle;
  }
  return high;
}

SumError ErrorOfSum(const WeeklyNoise& noise, std::span<const double> weights, double least) {
  SumError error;
  error.degrees = std::max(kLeastDegrees, noise.degrees);
  for (const NoiseCase& each : noise.cases) {
    if (each.weight < kNegligible) continue;
    std::vector<double> correlation(weights.size(), 1);  // by distance
    for (std::size_t i = 1; i < weights.size(); ++i) correlation[i] = each.memory * correlation[i - 1];
    double variance = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      for (std::size_t j = 0; j < weights.size(); ++j)
        variance += weights[i] * weights[j] * correlation[i > j ? i - j : j - i];
    }
    error.deviations.push_back(std::sqrt(std::max(least, each.variance * variance)));
    error.weights.push_back(each.weight);
  }
  if (error.weights.empty()) {
    error.deviations = {std::sqrt(least)};
    error.weights = {1};
  }
  return error;
}

}  // namespace backcast
