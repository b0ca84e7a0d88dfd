// SPDX-License-Identifier: Apache-2.0
#include "measure/regression.h"

#include <Eigen/Dense>
#include <cmath>
#include <numbers>

namespace backcast {
namespace {

constexpr double kWeeksPerYear = 365.25 / 7;

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
