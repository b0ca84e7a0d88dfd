// SPDX-License-Identifier: Apache-2.0
#include "measure/before_after.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "measure/ar1_least_squares.h"
#include "measure/distributions.h"
#include "measure/regression.h"

namespace backcast {
namespace {

constexpr double kSeriesLevel = 0.05, kPlaceboLevel = 0.05;
constexpr int kWeek = 7;
constexpr int kWishedFakes = 40, kMostPast = 84;

/// The days [begin, end) that are known, with a step at `change`.
struct Rows {
  std::vector<double> y;
  Columns columns;  ///< constant, line, step, six weekdays, control
};

Rows RowsOf(const BeforeAfterQuestion& question, int begin, int change, int end) {
  Rows rows;
  rows.columns.resize(3 + kWeek - 1 + (question.control.empty() ? 0 : 1));
  for (int day = begin; day < end; ++day) {
    const auto at = static_cast<std::size_t>(day);
    if (std::isnan(question.days[at]) || (!question.control.empty() && std::isnan(question.control[at])))
      continue;
    rows.y.push_back(question.days[at]);
    rows.columns[0].push_back(1);
    rows.columns[1].push_back(static_cast<double>(day - begin) / (end - begin));
    rows.columns[2].push_back(day >= change ? 1 : 0);
    for (int weekday = 1; weekday < kWeek; ++weekday)
      rows.columns[static_cast<std::size_t>(2 + weekday)].push_back(day % kWeek == weekday ? 1 : 0);
    if (!question.control.empty()) rows.columns.back().push_back(question.control[at]);
  }
  return rows;
}

int Known(std::span<const double> days) {
  return static_cast<int>(
      std::count_if(days.begin(), days.end(), [](double value) { return !std::isnan(value); }));
}

std::optional<double> StepAt(const BeforeAfterQuestion& question, int begin, int change, int end) {
  const Rows rows = RowsOf(question, begin, change, end);
  const auto fit = LeastSquares(rows.y, rows.columns);
  return fit ? std::optional(fit->coefficients[2]) : std::nullopt;
}

}  // namespace

BeforeAfter TestBeforeAfter(const BeforeAfterQuestion& question) {
  BeforeAfter result;
  const int length = static_cast<int>(question.days.size()), change = std::clamp(question.change, 0, length);
  result.before = Known(question.days.first(static_cast<std::size_t>(change)));
  result.after = Known(question.days.subspan(static_cast<std::size_t>(change)));
  const int behind = length - change;
  const int needed = std::max(kDaysBefore, kPlaceboPast + behind + kFakes - 1);
  if (result.after < kDaysAfter || result.before < needed) {
    result.needs = std::to_string(result.before) + " days before and " + std::to_string(result.after) +
                   " after, and " + std::to_string(needed) + " and " + std::to_string(kDaysAfter) +
                   " are needed";
    return result;
  }
  // The change and every fake day are looked at over stretches of one shape, so that they can be compared.
  const int past = std::clamp(change - behind - kWishedFakes, kPlaceboPast, kMostPast);
  const Rows rows = RowsOf(question, change - past, change, length);
  const auto fit = Ar1LeastSquares(rows.y, rows.columns);
  const auto step = StepAt(question, change - past, change, length);
  if (!fit || !step || !(fit->errors[2] > 0)) {
    result.needs = "a number that moves";
    return result;
  }
  result.effect = fit->coefficients[2];
  result.p_series = StudentTwoSidedP(result.effect / fit->errors[2], fit->degrees);
  int as_large = 0;
  double squares = 0;
  for (int fake = past; fake + behind <= change; ++fake) {
    const auto other = StepAt(question, fake - past, fake, fake + behind);
    if (!other) continue;
    ++result.fakes;
    squares += *other * *other;
    as_large += std::abs(*other) >= std::abs(*step);
  }
  if (result.fakes < kFakes) {
    result.needs = std::to_string(result.fakes) + " fake days to compare with, and " +
                   std::to_string(kFakes) + " are needed";
    return result;
  }
  result.p_placebo = (1.0 + as_large) / (1.0 + result.fakes);
  const double error = std::max(fit->errors[2], std::sqrt(squares / result.fakes));
  const double half = StudentCritical(0.95, fit->degrees) * error;
  result.low = result.effect - half;
  result.high = result.effect + half;
  const bool changed =
      result.p_series < kSeriesLevel && result.p_placebo <= kPlaceboLevel && result.low * result.high > 0;
  result.verdict = !changed                                  ? BeforeAfter::Verdict::kNoChangeShown
                   : result.effect * question.direction >= 0 ? BeforeAfter::Verdict::kChanged
                                                             : BeforeAfter::Verdict::kChangedAgainst;
  return result;
}

}  // namespace backcast
