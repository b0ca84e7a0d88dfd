// SPDX-License-Identifier: Apache-2.0
#include "measure/ar1_least_squares.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>

namespace backcast {
namespace {

constexpr double kMemories[] = {-0.5, -0.4, -0.3, -0.2, -0.1, 0,    0.1, 0.2,  0.3,  0.4, 0.5,
                                0.6,  0.65, 0.7,  0.75, 0.8,  0.85, 0.9, 0.93, 0.96, 0.98};

/// How much of the memory axis a point of the grid stands for.
double Stretch(std::size_t at) {
  const double left = at == 0 ? kMemories[0] : kMemories[at - 1],
               right = kMemories[std::min(at + 1, std::size(kMemories) - 1)];
  return (right - left) / 2;
}

struct Fit {
  Eigen::VectorXd coefficients, variances;
  double log_weight = 0;
};

/// Rows less `memory` times the row before, the first by Prais and Winsten.
Eigen::MatrixXd Transformed(const Eigen::MatrixXd& rows, double memory) {
  Eigen::MatrixXd moved = rows;
  moved.bottomRows(rows.rows() - 1) -= memory * rows.topRows(rows.rows() - 1);
  moved.row(0) *= std::sqrt(1 - memory * memory);
  return moved;
}

/// `rows`: the columns, then the target.
std::optional<Fit> FitAt(const Eigen::MatrixXd& rows, double memory) {
  const Eigen::MatrixXd moved = Transformed(rows, memory);
  const Eigen::Index width = rows.cols() - 1;
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(moved.leftCols(width));
  if (qr.rank() < width) return std::nullopt;
  const auto degrees = static_cast<double>(rows.rows() - width);
  Fit fit;
  fit.coefficients = qr.solve(moved.col(width));
  const double squares = (moved.col(width) - moved.leftCols(width) * fit.coefficients).squaredNorm();
  const Eigen::MatrixXd upper = qr.matrixR().topLeftCorner(width, width).triangularView<Eigen::Upper>();
  const Eigen::MatrixXd inverse =
      upper.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(width, width));
  fit.variances = qr.colsPermutation() * (inverse.rowwise().squaredNorm() * squares / degrees);
  fit.log_weight = (std::log(1 - memory * memory) - degrees * std::log(std::max(squares, 1e-300))) / 2 -
                   upper.diagonal().array().abs().log().sum();
  return fit;
}

}  // namespace

std::optional<Regression> Ar1LeastSquares(std::span<const double> y, const Columns& columns) {
  const auto count = static_cast<Eigen::Index>(y.size()), width = static_cast<Eigen::Index>(columns.size());
  if (width == 0 || count < width + 3) return std::nullopt;
  Eigen::MatrixXd rows(count, width + 1);
  for (Eigen::Index j = 0; j < width; ++j)
    rows.col(j) = Eigen::Map<const Eigen::VectorXd>(columns[static_cast<std::size_t>(j)].data(), count);
  rows.col(width) = Eigen::Map<const Eigen::VectorXd>(y.data(), count);

  std::vector<Fit> fits;
  double most = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < std::size(kMemories); ++i) {
    auto fit = FitAt(rows, kMemories[i]);
    if (!fit) return std::nullopt;
    fit->log_weight += std::log(Stretch(i));
    most = std::max(most, fit->log_weight);
    fits.push_back(std::move(*fit));
  }
  double all = 0, memory = 0;
  Eigen::VectorXd mean = Eigen::VectorXd::Zero(width), square = mean;
  for (std::size_t i = 0; i < fits.size(); ++i) {
    const double weight = std::exp(fits[i].log_weight - most);
    all += weight;
    memory += weight * kMemories[i];
    mean += weight * fits[i].coefficients;
  }
  mean /= all;
  for (const Fit& fit : fits)
    square += std::exp(fit.log_weight - most) / all *
              (fit.variances + (fit.coefficients - mean).cwiseAbs2()).eval();
  Regression result;
  result.degrees = static_cast<double>(count - width);
  result.memory = memory / all;
  result.coefficients.assign(mean.data(), mean.data() + width);
  const Eigen::VectorXd errors = square.cwiseSqrt(), rest = rows.col(width) - rows.leftCols(width) * mean;
  result.errors.assign(errors.data(), errors.data() + width);
  result.residuals.assign(rest.data(), rest.data() + count);
  return result;
}

}  // namespace backcast
