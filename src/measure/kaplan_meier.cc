// SPDX-License-Identifier: Apache-2.0
#include "measure/kaplan_meier.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "measure/distributions.h"

namespace backcast {
namespace {

constexpr auto kWhere = "time until the end";
// Products of fractions such as 2/3 * 1/2 miss a share like 1/3 by rounding.
constexpr double kRounding = 1e-12;

Error Unusable(std::string what, std::string hint) {
  return {Code::kInput, kWhere, std::move(what), std::move(hint)};
}

// Limits of the share still waiting, on the log-log scale; only between 0 and 1, exclusive.
Interval WaitingLimits(const SurvivalStep& step, double critical) {
  const double log_waiting = std::log(step.waiting);
  const double stretch = critical * std::sqrt(step.greenwood) / -log_waiting;
  return {std::exp(log_waiting * std::exp(stretch)), std::exp(log_waiting * std::exp(-stretch))};
}

int CountEnded(std::span<const Wait> waits) {
  return static_cast<int>(
      std::count_if(waits.begin(), waits.end(), [](const Wait& wait) { return wait.ended; }));
}

}  // namespace

Result<std::vector<SurvivalStep>> SurvivalCurve(std::span<const Wait> waits) {
  if (waits.empty())
    return Error{Code::kTooLittle, kWhere, "there is no item", "load the conversations first"};
  for (const Wait& wait : waits) {
    if (!std::isfinite(wait.time) || wait.time < 0) {
      return Unusable("a waiting time is negative or unknown", "check that no item ends before it begins");
    }
  }
  std::vector<Wait> sorted(waits.begin(), waits.end());
  std::sort(sorted.begin(), sorted.end(), [](const Wait& a, const Wait& b) { return a.time < b.time; });
  std::vector<SurvivalStep> curve;
  double waiting = 1, greenwood = 0;
  for (std::size_t first = 0; first < sorted.size();) {
    std::size_t behind = first;
    int ended = 0;
    for (; behind < sorted.size() && sorted[behind].time == sorted[first].time; ++behind)
      ended += sorted[behind].ended;
    const int at_risk = static_cast<int>(sorted.size() - first);
    if (ended > 0) {
      const double left = at_risk - ended;
      waiting *= left / at_risk;
      greenwood += left > 0 ? ended / (at_risk * left) : std::numeric_limits<double>::infinity();
      curve.push_back({sorted[first].time, waiting, at_risk, ended, greenwood});
    }
    first = behind;
  }
  return curve;
}

std::optional<double> QuantileOfCurve(std::span<const SurvivalStep> curve, double q) {
  for (const SurvivalStep& step : curve) {
    if (1 - step.waiting >= q - kRounding) return step.time;
  }
  return std::nullopt;
}

Result<TimeQuantile> KaplanMeierQuantile(std::span<const Wait> waits, double q, double level) {
  if (!IsLevel(level) || !(q > 0 && q < 1)) {
    return Unusable("a quantile and a level lie between 0 and 1", "0.5 is the median, 0.95 the usual level");
  }
  BACKCAST_TRY(const auto curve, SurvivalCurve(waits));
  TimeQuantile quantile;
  quantile.items = static_cast<int>(waits.size());
  quantile.ended = CountEnded(waits);
  quantile.value = QuantileOfCurve(curve, q);
  const int fewest = FewestForQuantile(q, level);
  const int have = quantile.value ? quantile.ended : quantile.items;
  if (have < fewest) {
    return Error{Code::kTooLittle, kWhere,
                 "the limits of this quantile need " + std::to_string(fewest) +
                     (quantile.value ? " items that ended, have " : " items, have ") + std::to_string(have),
                 "ask for the median, or for a longer period"};
  }
  const double critical = NormalCritical(level);
  for (const SurvivalStep& step : curve) {
    const Interval limits = step.waiting > 0 ? WaitingLimits(step, critical) : Interval{0, 0};
    if (!quantile.low && limits.low <= 1 - q + kRounding) quantile.low = step.time;
    // At the last step of a curve that ends at zero the limit is undefined: it cannot be an upper one.
    if (!quantile.high && step.waiting > 0 && limits.high <= 1 - q + kRounding) quantile.high = step.time;
  }
  return quantile;
}

Result<EndedWithin> ShareEndedWithin(std::span<const Wait> waits, double time, double level) {
  if (!IsLevel(level) || !std::isfinite(time) || time < 0) {
    return Unusable("a time is zero or more and a level between 0 and 1", "0.95 is the usual level");
  }
  BACKCAST_TRY(const auto curve, SurvivalCurve(waits));
  double longest = 0;
  EndedWithin within;
  within.items = static_cast<int>(waits.size());
  for (const Wait& wait : waits) {
    longest = std::max(longest, wait.time);
    within.at_risk += wait.time >= time;
  }
  const SurvivalStep* last = nullptr;
  for (const SurvivalStep& step : curve) {
    if (step.time <= time) last = &step;
  }
  const double waiting = last != nullptr ? last->waiting : 1;
  if (time > longest && waiting > 0) {
    return Error{Code::kTooLittle, kWhere, "nothing was observed for that long",
                 "ask for a shorter time, or again when the open ones are older"};
  }
  within.share = 1 - waiting;
  if (waiting > 0 && waiting < 1) {
    const Interval limits = WaitingLimits(*last, NormalCritical(level));
    within.interval = {1 - limits.high, 1 - limits.low};
    return within;
  }
  const int known = waiting == 0 ? CountEnded(waits) : within.at_risk;
  BACKCAST_TRY(within.interval, WilsonInterval(waiting == 0 ? known : 0, known, level));
  return within;
}

}  // namespace backcast
