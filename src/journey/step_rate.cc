// SPDX-License-Identifier: Apache-2.0
#include "journey/step_rate.h"

#include <algorithm>
#include <cmath>

#include "measure/benjamini_hochberg.h"
#include "measure/distributions.h"

namespace backcast {
namespace {

constexpr double kSignificant = 0.05;
constexpr double kFallOfInterest = 0.2;

std::string Whole(double value) { return std::to_string(static_cast<long long>(std::llround(value))); }

/// Two significant digits: a need is an order of size.
std::string About(double value) {
  const double scale = std::pow(10.0, std::max(0.0, std::floor(std::log10(std::max(value, 1.0))) - 1));
  return Whole(std::ceil(value / scale) * scale);
}

std::string Needs(const StepCounts& counts, const StepRate& rate) {
  if (rate.wilson) {
    if (counts.from < kFewestForShare)
      return "have " + Whole(counts.from) + ", need about " + Whole(kFewestForShare);
    return "";
  }
  const auto days = static_cast<int>(counts.daily_from.size());
  if (days < kFewestDaysForRatio)
    return "have " + std::to_string(days) + " days, need about " + std::to_string(kFewestDaysForRatio);
  if (counts.to < kFewestEvents)
    return "have " + Whole(counts.to) + ", need about " + Whole(kFewestEvents) + " at the later stage";
  return "";
}

/// What a verdict would take, where the period is too short for any.
std::string NeedsForVerdict(const StepCounts& counts, const std::string& needs) {
  if (counts.from <= 0 || counts.to <= 0 || counts.to >= counts.from) return needs;
  return needs + "; a fall by a fifth shows with about " +
         About(NeededForChange(counts.to / counts.from, kFallOfInterest)) +
         " at the earlier stage in each period";
}

StepChange CompareShares(const StepCounts& now, const StepRate& rate_now, const StepCounts& before,
                         const StepRate& rate_before) {
  StepChange change;
  change.difference = rate_now.rate - rate_before.rate;
  if (const auto limits = ShareDifferenceInterval(now.to, now.from, before.to, before.from); limits.ok())
    change.interval = limits.value();
  const double pooled = (now.to + before.to) / (now.from + before.from);
  const double error = std::sqrt(pooled * (1 - pooled) * (1 / now.from + 1 / before.from));
  // A t of very many degrees is the normal.
  change.p = error > 0 ? StudentTwoSidedP(change.difference / error, 1e7) : 1;
  return change;
}

StepChange CompareRatios(const StepRate& now, const StepRate& before) {
  StepChange change;
  change.difference = now.rate - before.rate;
  const double vn = now.standard_error * now.standard_error,
               vb = before.standard_error * before.standard_error;
  const double error = std::sqrt(vn + vb);
  if (error <= 0) return change;
  const double degrees =
      std::max(1.0, (vn + vb) * (vn + vb) /
                        (vn * vn / std::max(1.0, now.degrees) + vb * vb / std::max(1.0, before.degrees)));
  const double half = StudentCritical(0.95, degrees) * error;
  change.interval = {change.difference - half, change.difference + half};
  change.p = StudentTwoSidedP(change.difference / error, degrees);
  return change;
}

}  // namespace

std::string_view ToWord(StepVerdict verdict) {
  switch (verdict) {
    case StepVerdict::kBetter:
      return "better";
    case StepVerdict::kWorse:
      return "worse";
    case StepVerdict::kNoDifferenceShown:
      return "no_difference_shown";
    case StepVerdict::kTooLittle:
      return "too_little_data";
  }
  return "";
}

std::optional<StepRate> RateOfStep(const StepCounts& counts) {
  if (!(counts.from > 0)) return std::nullopt;
  StepRate rate;
  rate.rate = counts.to / counts.from;
  rate.wilson = counts.part_of && counts.to <= counts.from;
  if (rate.wilson) {
    if (const auto wilson = WilsonInterval(counts.to, counts.from); wilson.ok())
      rate.interval = wilson.value();
  } else if (const auto ratio = RatioInterval(counts.daily_to, counts.daily_from); ratio.ok()) {
    rate.interval = Interval{std::max(0.0, ratio.value().interval.low), ratio.value().interval.high};
    rate.standard_error = ratio.value().standard_error;
    rate.degrees = ratio.value().clusters - 1;
  }
  rate.needs = Needs(counts, rate);
  return rate;
}

double NeededForChange(double rate, double change) {
  const double other = std::clamp(rate * (1 - change), 0.0, 1.0), mean = (rate + other) / 2;
  const double level = NormalCritical(0.95), power = NormalQuantile(0.8);
  const double root =
      level * std::sqrt(2 * mean * (1 - mean)) + power * std::sqrt(rate * (1 - rate) + other * (1 - other));
  return root * root / ((rate - other) * (rate - other));
}

std::vector<StepChange> CompareSteps(std::span<const StepPair> steps) {
  std::vector<StepChange> changes(steps.size());
  std::vector<double> p;
  std::vector<std::size_t> judged;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto now = RateOfStep(steps[i].now), before = RateOfStep(steps[i].before);
    if (!now || !before) {
      changes[i].needs = now ? "nothing to compare with" : "nothing at the earlier stage";
      continue;
    }
    const bool shares = now->wilson && before->wilson;
    const std::string& needs = now->needs.empty() ? before->needs : now->needs;
    if (!needs.empty() || !now->interval || !before->interval || now->wilson != before->wilson) {
      changes[i].difference = now->rate - before->rate;
      changes[i].needs =
          NeedsForVerdict(steps[i].now, needs.empty() ? "no interval for both periods" : needs);
      continue;
    }
    changes[i] =
        shares ? CompareShares(steps[i].now, *now, steps[i].before, *before) : CompareRatios(*now, *before);
    p.push_back(changes[i].p);
    judged.push_back(i);
  }
  const std::vector<double> adjusted = BenjaminiHochberg(p);
  for (std::size_t j = 0; j < judged.size(); ++j) {
    StepChange& change = changes[judged[j]];
    change.adjusted_p = adjusted[j];
    const bool moved = adjusted[j] <= kSignificant && change.difference != 0;
    change.verdict = !moved                  ? StepVerdict::kNoDifferenceShown
                     : change.difference > 0 ? StepVerdict::kBetter
                                             : StepVerdict::kWorse;
  }
  return changes;
}

std::optional<std::size_t> WeakestStep(std::span<const StepPair> steps, std::span<const StepChange> changes) {
  std::optional<std::size_t> weakest;
  double worst = 0;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].verdict != StepVerdict::kWorse) continue;
    const double before = steps[i].before.to / steps[i].before.from;
    const double fall = before > 0 ? -changes[i].difference / before : 0;
    if (!weakest || fall > worst) {
      weakest = i;
      worst = fall;
    }
  }
  return weakest;
}

}  // namespace backcast
