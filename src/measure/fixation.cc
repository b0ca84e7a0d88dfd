// SPDX-License-Identifier: Apache-2.0
#include "measure/fixation.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "measure/regression.h"

namespace backcast {
namespace {

constexpr std::size_t kRecent = 26, kReference = 52;
constexpr std::size_t kRunIn = 6;  ///< weeks in which the rise may still be under way
constexpr double kLinkShown = 1.64, kRose = 2, kFellShort = 1.96;

double Memory(std::span<const double> values, double least) {
  double mean = 0, squares = 0, products = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    squares += (values[i] - mean) * (values[i] - mean);
    if (i > 0) products += (values[i] - mean) * (values[i - 1] - mean);
  }
  return squares > 0 ? std::clamp(products / squares, least, 0.9) : 0;
}

double Mean(std::span<const double> values) {
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  return mean;
}

struct Step {
  double size = 0, error = 0;
};

Step StepOf(std::span<const double> values) {
  const auto before = values.first(values.size() - kRecent), after = values.last(kRecent - kRunIn);
  const double m0 = Mean(before), m1 = Mean(after);
  double squares = 0;
  for (const double value : before) squares += (value - m0) * (value - m0);
  for (const double value : after) squares += (value - m1) * (value - m1);
  const auto n0 = static_cast<double>(before.size()), n1 = static_cast<double>(after.size());
  const double memory = Memory(before, 0);
  return {m1 - m0, std::sqrt(squares / (n0 + n1 - 2) * (1 / n0 + 1 / n1) * (1 + memory) / (1 - memory))};
}

}  // namespace

FixationTest TestFixation(std::span<const double> kpi, std::span<const double> outcome, int lag_weeks) {
  FixationTest test;
  const std::size_t n = kpi.size(), lag = static_cast<std::size_t>(std::max(0, lag_weeks));
  if (n != outcome.size() || n < kRecent + kReference || n - kRecent < lag + kReference / 2) return test;
  test.reference_weeks = static_cast<int>(n - kRecent);
  const std::size_t rows = n - kRecent - lag;
  const Columns columns = {std::vector<double>(kpi.begin(), kpi.begin() + static_cast<std::ptrdiff_t>(rows)),
                           std::vector<double>(rows, 1)};
  const auto fit = LeastSquares(outcome.subspan(lag, rows), columns);
  test.state = FixationTest::State::kNoLink;
  if (!fit) return test;
  const double memory = Memory(fit->residuals, -0.9);
  test.elasticity = fit->coefficients[0];
  test.elasticity_se = fit->errors[0] * std::sqrt((1 + memory) / (1 - memory));
  const Step rise = StepOf(kpi), move = StepOf(outcome);
  test.kpi_rise = rise.size;
  test.kpi_rise_se = rise.error;
  test.observed = move.size;
  test.observed_se = move.error;
  test.expected = test.elasticity * rise.size;
  test.expected_se = std::hypot(test.elasticity_se * rise.size, test.elasticity * rise.error);
  if (!(test.elasticity_se > 0) || test.elasticity / test.elasticity_se < kLinkShown) return test;
  test.state = FixationTest::State::kNoAlarm;
  if (rise.size < kRose * rise.error) return test;
  const double gap = (test.observed - test.expected) / std::hypot(test.observed_se, test.expected_se);
  if (gap < -kFellShort && test.observed < test.expected / 2) test.state = FixationTest::State::kAlarm;
  return test;
}

}  // namespace backcast
