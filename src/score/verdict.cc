// SPDX-License-Identifier: Apache-2.0
#include "score/verdict.h"

#include <cmath>

#include "base/number.h"

namespace backcast {
namespace {

std::string Number(double value, const std::string& unit) { return FormatNumber(value, unit, true); }

std::string Sentence(const VerdictInput& input, const Decision& decision) {
  std::string text = Number(input.value, input.unit);
  if (decision.verdict == Verdict::kMet) {
    return text + " has reached the target of " + Number(*input.target, input.unit);
  }
  const bool due = input.by && input.on >= *input.by;
  if (due) {
    text += " against the target of " + Number(*input.target, input.unit) + ", which was due on " +
            ToIso(*input.by);
    if (decision.spread)
      text += "; the week-to-week spread explains ±" + Number(decision.spread->half_width, input.unit);
    return text;
  }
  text += " against " + Number(*decision.expected, input.unit) + " on the line to " +
          Number(*input.target, input.unit);
  if (input.by) text += " by " + ToIso(*input.by);
  if (!decision.spread) {
    return text + "; " + std::to_string(input.weekly.size()) + " whole weeks of data, a verdict needs " +
           std::to_string(kWeeksForVerdict);
  }
  text += "; the week-to-week spread explains ±" + Number(decision.spread->half_width, input.unit);
  if (decision.verdict == Verdict::kCannotTell) text += ", so the difference may be chance";
  return text;
}

}  // namespace

Decision Decide(const VerdictInput& input) {
  Decision decision;
  if (!input.target) return decision;
  TargetLine line{input.baseline.value_or(*input.target), *input.target, input.line_from.value_or(input.on),
                  input.by.value_or(input.on)};
  decision.expected = input.baseline && input.line_from ? line.On(input.on) : *input.target;
  decision.pace = Pace(input.value, *decision.expected, input.lower_is_better);
  decision.spread = WeeklySpread(input.weekly, input.sums, input.weeks_in_period);
  if (decision.spread) decision.spread->half_width *= input.per_unit;
  const double sign = input.lower_is_better ? -1 : 1;
  const double ahead = sign * (input.value - *decision.expected);
  decision.beyond_chance = decision.spread && std::abs(ahead) >= decision.spread->half_width;
  if (sign * (input.value - *input.target) >= 0) {
    decision.verdict = Verdict::kMet;
  } else if (input.by && input.on >= *input.by) {
    decision.verdict = Verdict::kMissed;
  } else if (!decision.beyond_chance) {
    decision.verdict = Verdict::kCannotTell;
  } else {
    decision.verdict = ahead > 0 ? Verdict::kLikely : Verdict::kMissed;
  }
  decision.because = Sentence(input, decision);
  return decision;
}

}  // namespace backcast
