// SPDX-License-Identifier: Apache-2.0
#include "measure/regression.h"

#include <Eigen/Dense>
#include <cmath>
#include <numbers>

namespace backcast {
namespace {

constexpr double kWeeksPerYear = 365.25 / 7;
constexpr double kMostMemory = 0.95;

}  // namespace

std::optional<Regression> LeastSquares(std::span<const double> y, const Columns& columns) {
  const auto rows = static_cast<Eigen::Index>(y.size()), width = static_cast<Eigen::Index>(columns.size());
  if (rows <= width || width == 0) return std::nullopt;
  Eigen::MatrixXd x(rows, width);
  for (Eigen::Index j = 0; j < width; ++j)
    x.col(j) = Eigen::Map<const Eigen::VectorXd>(columns[static_cast<std::size_t>(j)].data(), rows);
  const Eigen::Map<const Eigen::VectorXd> target(y.data(), rows);
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(x);
  if (qr.rank() < width) return std::nullopt;
  const Eigen::VectorXd solution = qr.solve(target), rest = target - x * solution;
  const Eigen::MatrixXd inverse = (x.transpose() * x).inverse();
  Regression result;
  result.degrees = static_cast<double>(rows - width);
  const double variance = rest.squaredNorm() / result.degrees;
  result.coefficients.assign(solution.data(), solution.data() + width);
  result.residuals.assign(rest.data(), rest.data() + rows);
  for (Eigen::Index j = 0; j < width; ++j)
    result.errors.push_back(std::sqrt(std::max(0.0, variance * inverse(j, j))));
  return result;
}

std::optional<Regression> CochraneOrcutt(std::span<const double> y, const Columns& columns, int rounds) {
  std::optional<Regression> plain = LeastSquares(y, columns);
  if (!plain || y.size() < columns.size() + 3) return plain;
  std::vector<double> rest = plain->residuals;
  std::optional<Regression> result = plain;
  double memory = 0;
  for (int round = 0; round < rounds; ++round) {
    double squares = 0, products = 0;
    for (std::size_t i = 1; i < rest.size(); ++i) {
      squares += rest[i - 1] * rest[i - 1];
      products += rest[i] * rest[i - 1];
    }
    const double next = squares > 0 ? std::clamp(products / squares, -kMostMemory, kMostMemory) : 0;
    std::vector<double> target;
    Columns moved(columns.size());
    for (std::size_t i = 1; i < y.size(); ++i) {
      target.push_back(y[i] - next * y[i - 1]);
      for (std::size_t j = 0; j < columns.size(); ++j)
        moved[j].push_back(columns[j][i] - next * columns[j][i - 1]);
    }
    const std::optional<Regression> fit = LeastSquares(target, moved);
    if (!fit) break;
    result = fit;
    result->memory = next;
    for (std::size_t i = 0; i < y.size(); ++i) {
      rest[i] = y[i];
      for (std::size_t j = 0; j < columns.size(); ++j) rest[i] -= fit->coefficients[j] * columns[j][i];
    }
    if (std::abs(next - memory) < 1e-8 && round > 0) break;
    memory = next;
  }
  return result;
}

Columns TrendAndYear(std::size_t rows, int harmonics) {
  Columns columns(2 + 2 * static_cast<std::size_t>(harmonics), std::vector<double>(rows, 1));
  for (std::size_t i = 0; i < rows; ++i) {
    columns[1][i] = static_cast<double>(i) / static_cast<double>(rows);
    for (int k = 1; k <= harmonics; ++k) {
      const double angle = 2 * std::numbers::pi * k * static_cast<double>(i) / kWeeksPerYear;
      columns[2 * static_cast<std::size_t>(k)][i] = std::sin(angle);
      columns[2 * static_cast<std::size_t>(k) + 1][i] = std::cos(angle);
    }
  }
  return columns;
}

Columns SlowMovement(std::size_t rows) {
  constexpr std::size_t kHalfYear = 26, kYear = 52, kTwoYears = 104;
  Columns columns = TrendAndYear(rows, rows < kYear ? 0 : rows < kTwoYears ? 1 : 2);
  if (rows < kHalfYear || rows >= kYear) return columns;
  columns.push_back(columns[1]);
  for (double& value : columns.back()) value = (value - 0.5) * (value - 0.5);
  return columns;
}

}  // namespace backcast
