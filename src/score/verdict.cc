// SPDX-License-Identifier: Apache-2.0
#include "score/verdict.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"

namespace backcast {
namespace {

/// The numbers of the decision under the names that the wordings use.
std::vector<Quantity> QuantitiesOf(const VerdictInput& input, const Decision& decision) {
  std::vector<Quantity> all = {{.name = "value", .value = input.value, .n = input.n, .unit = input.unit},
                               {.name = "target", .value = *input.target, .unit = input.unit},
                               {.name = "expected", .value = *decision.expected, .unit = input.unit}};
  SetApart(all);
  const auto weeks = static_cast<std::int64_t>(input.weekly.size());
  if (decision.spread) {
    all[0].low = decision.low;
    all[0].high = decision.high;
    all[0].level = decision.spread->level;
    all.push_back({.name = "spread",
                   .value = decision.spread->half_width,
                   .n = decision.spread->weeks,
                   .unit = input.unit});
  }
  all.push_back({.name = "weeks", .value = static_cast<double>(weeks), .n = weeks, .unit = "count"});
  all.push_back({.name = "needed", .value = kWeeksForVerdict, .unit = "count"});
  return all;
}

/// The verdict chooses the wording; what it needs beyond that are endings for days and weeks.
std::string WordingOf(const VerdictInput& input, const Decision& decision) {
  std::string key = "verdict." + KeyOf(decision.verdict);
  if (decision.verdict == Verdict::kMet) return key;
  if (input.by && input.on >= *input.by) {
    key += ".due";
  } else if (!input.by) {
    key += ".no_day";
  }
  return decision.spread ? key : key + ".few";
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
  if (decision.spread) {
    decision.spread->half_width *= input.per_unit;
    const bool never_below = input.value >= 0 && std::all_of(input.weekly.begin(), input.weekly.end(),
                                                             [](double week) { return !(week < 0); });
    decision.low = input.value - decision.spread->half_width;
    if (never_below) decision.low = std::max(0.0, *decision.low);
    decision.high = input.value + decision.spread->half_width;
  }
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
  decision.because = Claim::Make(WordingOf(input, decision), QuantitiesOf(input, decision),
                                 {{"by", input.by ? ToIso(*input.by) : ""}});
  return decision;
}

std::string KeyOf(Verdict verdict) {
  return verdict == Verdict::kCannotTell ? "cannot_tell" : std::string(ToWord(verdict));
}

void SetApart(std::vector<Quantity>& quantities) {
  for (Quantity& one : quantities) {
    for (Quantity& other : quantities) {
      if (one.unit != other.unit || one.value == other.value) continue;
      if (FormatNumber(one.value, one.unit, true) != FormatNumber(other.value, other.unit, true)) continue;
      one.exact = other.exact = true;
    }
  }
}

}  // namespace backcast
