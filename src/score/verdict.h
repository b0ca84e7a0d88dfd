// SPDX-License-Identifier: Apache-2.0
// One decision about one line: its pace, its interval, its verdict and the sentence that says why, from the
// same numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measure/pace.h"
#include "plan/plan.h"
#include "score/scorecard.h"

namespace backcast {

/// What the decision looks at.
struct VerdictInput {
  double value = 0;            ///< of the period, in the plan's unit (per month ...)
  std::vector<double> weekly;  ///< whole weeks before the end of the period, same scope
  bool sums = true;            ///< the period's value is a sum of its weeks
  double weeks_in_period = 4;
  double per_unit = 1;  ///< value in the plan's unit / value of the period
  std::optional<double> baseline, target;
  std::optional<Day> line_from, by;
  Day on{};  ///< last day of the period
  bool lower_is_better = false;
  std::string unit;               ///< for the sentence
  std::optional<std::int64_t> n;  ///< rows or events behind the value
};

struct Decision {
  Verdict verdict = Verdict::kNone;
  std::optional<double> expected;  ///< where the target line stands on `on`
  std::optional<double> pace;
  std::optional<Spread> spread;  ///< in the plan's unit
  /// value ± half width, in the plan's unit; not below nought for a number that was never below it.
  std::optional<double> low, high;
  bool beyond_chance = false;    ///< further from the line than the spread explains
  std::optional<Claim> because;  ///< set with every verdict; its wording is the one of that verdict
};

/// No target: no verdict. Target reached: met. Whole interval on the good side of the line: likely. Whole
/// interval on the bad side: missed. Else, or with fewer than kWeeksForVerdict weeks: can't tell. After `by`
/// the line is the target.
Decision Decide(const VerdictInput& input);

/// The verdict in the keys of wordings: "met", "likely", "cannot_tell", "missed"; empty for none.
std::string KeyOf(Verdict verdict);

/// Numbers of one unit that differ and would look the same with three digits are printed exactly, so that no
/// sentence says that 72 k is behind 72 k.
void SetApart(std::vector<Quantity>& quantities);

}  // namespace backcast
