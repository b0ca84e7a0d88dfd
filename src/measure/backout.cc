// SPDX-License-Identifier: Apache-2.0
#include "measure/backout.h"

#include <cmath>

#include "measure/distributions.h"
#include "measure/quantiles.h"

namespace backcast {
namespace {

constexpr double kRest = 1e-12;  ///< of a logarithm: what is left over is rounding

/// Fills log_change and at_limit of the free factors; returns what the caps leave over.
double Fill(std::span<const BackoutFactor> factors, double need, std::vector<BackoutShare>& shares) {
  const double sign = need < 0 ? -1 : 1;
  double left = std::abs(need);
  std::vector<bool> free(factors.size());
  for (std::size_t i = 0; i < factors.size(); ++i) free[i] = !factors[i].fixed;
  while (left > kRest) {
    double weights = 0;
    for (std::size_t i = 0; i < factors.size(); ++i) weights += free[i] ? factors[i].weight : 0;
    if (weights <= 0) break;
    double held = 0;
    bool any = false;
    for (std::size_t i = 0; i < factors.size(); ++i) {
      const double cap = std::log1p(factors[i].cap);
      if (!free[i] || factors[i].weight / weights * left <= cap - kRest) continue;
      shares[i].log_change = sign * cap;
      shares[i].at_limit = true;
      held += cap;
      free[i] = false;
      any = true;
    }
    if (!any) {
      for (std::size_t i = 0; i < factors.size(); ++i) {
        if (free[i]) shares[i].log_change = sign * factors[i].weight / weights * left;
      }
      return 0;
    }
    left -= held;
  }
  return sign * std::max(0.0, left);
}

}  // namespace

BackoutResult ShareOut(std::span<const BackoutFactor> factors, double closure, double closure_log_se,
                       double target, double period_log_sd, double degrees) {
  BackoutResult result;
  result.shares.resize(factors.size());
  double now = closure, need = 0;
  for (const BackoutFactor& factor : factors) now *= factor.current;
  result.needed_log = need = std::log(target / now);
  for (std::size_t i = 0; i < factors.size(); ++i) {
    if (!factors[i].fixed) continue;
    result.shares[i].log_change = std::log(*factors[i].fixed / factors[i].current);
    need -= result.shares[i].log_change;
  }
  const double left = Fill(factors, need, result.shares);
  double free_weight = 0, variance = closure_log_se * closure_log_se;
  for (std::size_t i = 0; i < factors.size(); ++i)
    free_weight += factors[i].fixed || result.shares[i].at_limit ? 0 : factors[i].weight;
  const double z = NormalQuantile(0.975);
  result.reached = closure;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    BackoutShare& share = result.shares[i];
    const bool free = !factors[i].fixed && !share.at_limit && free_weight > 0;
    share.needed = factors[i].fixed ? *factors[i].fixed : factors[i].current * std::exp(share.log_change);
    result.reached *= share.needed;
    // d ln(needed_i) / d ln(current_j) = [i = j] - the part of every further need that i takes.
    const double takes = free ? factors[i].weight / free_weight : 0;
    double own = closure_log_se * closure_log_se * takes * takes;
    for (std::size_t j = 0; j < factors.size(); ++j) {
      const double slope = (i == j ? 1 : 0) - takes;
      own += slope * slope * factors[j].log_se * factors[j].log_se;
    }
    const double half = factors[i].fixed ? 0 : z * std::sqrt(own);
    share.low = share.needed * std::exp(-half);
    share.high = share.needed * std::exp(half);
  }
  result.missing_factor = std::exp(left);
  variance += period_log_sd * period_log_sd;
  const double half = StudentCritical(0.95, degrees) * std::sqrt(variance);
  result.low = result.reached * std::exp(-half);
  result.high = result.reached * std::exp(half);
  return result;
}

}  // namespace backcast
