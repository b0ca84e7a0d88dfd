// SPDX-License-Identifier: Apache-2.0
#include "measure/shrinkage.h"

#include <cmath>
#include <string>

namespace backcast {
namespace {

struct Weighted {
  double mean = 0, squares = 0, weight = 0;
};

// The weighted mean for a given variance between groups, and the weighted squares around it.
Weighted Around(std::span<const double> means, std::span<const double> errors, double between) {
  Weighted result;
  for (std::size_t group = 0; group < means.size(); ++group) {
    const double weight = 1 / (errors[group] * errors[group] + between);
    result.weight += weight;
    result.mean += weight * means[group];
  }
  result.mean /= result.weight;
  for (std::size_t group = 0; group < means.size(); ++group) {
    const double rest = means[group] - result.mean;
    result.squares += rest * rest / (errors[group] * errors[group] + between);
  }
  return result;
}

// The squares fall as the variance between grows; it is where they meet their expectation, K - 1.
double BetweenVariance(std::span<const double> means, std::span<const double> errors) {
  const double expected = static_cast<double>(means.size()) - 1;
  if (Around(means, errors, 0).squares <= expected) return 0;
  double low = 0, high = 1e-9;
  while (Around(means, errors, high).squares > expected) high *= 2;
  for (;;) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    (Around(means, errors, middle).squares > expected ? low : high) = middle;
  }
}

}  // namespace

Result<Shrinkage> EmpiricalBayes(std::span<const double> means, std::span<const double> standard_errors) {
  constexpr auto kWhere = "effects of groups";
  if (means.size() != standard_errors.size()) {
    return Error{Code::kInput, kWhere, "every mean needs its standard error", "pass lists of one length"};
  }
  if (means.size() < static_cast<std::size_t>(kFewestGroups)) {
    return Error{Code::kTooLittle, kWhere, "needs at least 4 groups, have " + std::to_string(means.size()),
                 "compare more themes, or the two as shares"};
  }
  for (std::size_t group = 0; group < means.size(); ++group) {
    if (!std::isfinite(means[group]) || !std::isfinite(standard_errors[group]) ||
        standard_errors[group] <= 0) {
      return Error{Code::kInput, kWhere, "a mean is unknown or a standard error is not above zero",
                   "leave out groups of a single post"};
    }
  }
  const auto count = static_cast<double>(means.size());
  Shrinkage shrinkage;
  shrinkage.between_variance = BetweenVariance(means, standard_errors);
  const Weighted around = Around(means, standard_errors, shrinkage.between_variance);
  shrinkage.mean = around.mean;
  double average_total = 0;
  for (const double error : standard_errors) {
    average_total += (error * error + shrinkage.between_variance) / count;
  }
  for (std::size_t group = 0; group < means.size(); ++group) {
    const double within = standard_errors[group] * standard_errors[group];
    const double total = within + shrinkage.between_variance;
    const double plain_pull = within / total;
    const double pull = (count - 3) / (count - 1) * plain_pull;
    const double away = means[group] - shrinkage.mean;
    ShrunkenEffect effect;
    effect.plain_estimate = shrinkage.mean + (1 - plain_pull) * away;
    effect.plain_sd = std::sqrt((1 - plain_pull) * within + plain_pull * plain_pull / around.weight);
    effect.estimate = shrinkage.mean + (1 - pull) * away;
    effect.sd = std::sqrt(within * (1 - (count - 1) / count * pull) +
                          2 / (count - 3) * pull * pull * away * away * average_total / total);
    shrinkage.groups.push_back(effect);
  }
  return shrinkage;
}

}  // namespace backcast
