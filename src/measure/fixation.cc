// SPDX-License-Identifier: Apache-2.0
#include "measure/fixation.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "measure/ar1_least_squares.h"
#include "measure/jumps.h"

namespace backcast {
namespace {

constexpr std::size_t kRecent = 26, kReference = 52, kTwoYears = 104;
constexpr std::size_t kRunIn = 6;  ///< weeks that a rise may take
constexpr double kLinkShown = 1.96, kRose = 2, kFellShort = 1.96;

struct Coefficient {
  double size = 0, error = 0;
};

/// Of the first column, beside a line, the season and a row of its own for each of the given weeks.
std::optional<Coefficient> Beside(std::span<const double> y, std::vector<double> column,
                                  std::span<const std::size_t> jumps) {
  Columns columns = TrendAndYear(y.size(), y.size() < kTwoYears ? 0 : 1);
  columns.insert(columns.begin(), std::move(column));
  for (const std::size_t week : jumps) {
    if (week >= y.size()) continue;
    columns.emplace_back(y.size(), 0.0);
    columns.back()[week] = 1;
  }
  const auto fit = Ar1LeastSquares(y, columns);
  if (!fit || !(fit->errors[0] > 0)) return std::nullopt;
  return Coefficient{fit->coefficients[0], fit->errors[0]};
}

/// How far the last weeks stand above what came before.
std::optional<Coefficient> StepOf(std::span<const double> values, std::size_t recent) {
  std::vector<double> ramp(values.size(), 0);
  for (std::size_t i = 0; i < recent; ++i)
    ramp[values.size() - recent + i] = std::min(1.0, static_cast<double>(i + 1) / kRunIn);
  return Beside(values, std::move(ramp), Jumps(values));
}

}  // namespace

FixationTest TestFixation(std::span<const double> kpi, std::span<const double> outcome, int lag_weeks) {
  FixationTest test;
  const std::size_t n = kpi.size(), lag = static_cast<std::size_t>(std::max(0, lag_weeks));
  if (n != outcome.size() || n < kRecent + kReference || n - kRecent < lag + kReference / 2) return test;
  test.reference_weeks = static_cast<int>(n - kRecent);
  test.state = FixationTest::State::kNoLink;
  const std::span<const double> cause = kpi.first(n - lag), effect = outcome.subspan(lag);
  const std::size_t reference = n - kRecent - lag;
  std::vector<std::size_t> jumps = Jumps(cause.first(reference));
  for (const std::size_t week : Jumps(effect.first(reference))) {
    if (std::find(jumps.begin(), jumps.end(), week) == jumps.end()) jumps.push_back(week);
  }
  const auto link = Beside(
      effect.first(reference),
      std::vector<double>(cause.begin(), cause.begin() + static_cast<std::ptrdiff_t>(reference)), jumps);
  if (!link) return test;
  test.elasticity = link->size;
  test.elasticity_se = link->error;
  std::vector<double> rest(effect.begin(), effect.end());
  for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= link->size * cause[i];
  const std::size_t recent =
      kRecent - std::min(lag, kRecent / 2);  // the outcome of the last weeks is not known yet
  const auto rise = StepOf(cause, recent), move = StepOf(effect, recent), gap = StepOf(rest, recent);
  if (!rise || !move || !gap) return test;
  test.kpi_rise = rise->size;
  test.kpi_rise_se = rise->error;
  test.observed = move->size;
  test.observed_se = move->error;
  test.expected = link->size * rise->size;
  test.expected_se = std::hypot(link->error * rise->size, link->size * rise->error);
  test.gap = gap->size;
  test.gap_se = std::hypot(gap->error, link->error * rise->size);
  if (link->size < kLinkShown * link->error) return test;
  test.state = FixationTest::State::kNoAlarm;
  test.rose = rise->size >= kRose * rise->error;
  if (!test.rose) return test;
  if (test.gap < -kFellShort * test.gap_se && test.observed < test.expected / 2)
    test.state = FixationTest::State::kAlarm;
  return test;
}

}  // namespace backcast
