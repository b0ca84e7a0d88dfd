// SPDX-License-Identifier: Apache-2.0
#include "care/issue_trend.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "measure/benjamini_hochberg.h"
#include "measure/distributions.h"

namespace backcast {
namespace {

std::string Whole(double number) { return std::to_string(std::llround(number)); }

}  // namespace

std::string_view ToWord(TrendVerdict verdict) {
  switch (verdict) {
    case TrendVerdict::kRising:
      return "rising";
    case TrendVerdict::kFalling:
      return "falling";
    case TrendVerdict::kNoChangeShown:
      return "no_change_shown";
    case TrendVerdict::kTooLittle:
      break;
  }
  return "too_little_data";
}

IssueTrend ReadTrend(std::span<const IssueDay> days) {
  IssueTrend trend;
  std::array<double, 2> about{}, all{};
  int told = 0;
  for (const IssueDay& day : days) {
    if (day.all <= 0) continue;
    about[day.now] += day.about;
    all[day.now] += day.all;
    ++told;
  }
  trend.before = about[0];
  trend.now = about[1];
  const double both = about[0] + about[1];
  if (all[0] <= 0 || all[1] <= 0) {
    trend.needs = all[1] <= 0 ? "no contacts in the period" : "no contacts in the period before";
    return trend;
  }
  if (both < kFewestForTrend || told < kFewestDaysForTrend) {
    trend.needs =
        both < kFewestForTrend
            ? "have " + Whole(both) + " contacts in both periods, need about " + Whole(kFewestForTrend)
            : "have " + Whole(told) + " days with contacts, need " + Whole(kFewestDaysForTrend);
    return trend;
  }
  double chi = 0;
  for (const IssueDay& day : days) {
    const double expected = day.all > 0 ? day.all * about[day.now] / all[day.now] : 0;
    if (expected > 0) chi += (day.about - expected) * (day.about - expected) / expected;
  }
  const double degrees = told - 2;
  trend.dispersion = std::max(1.0, chi / degrees);
  // A period without any counts as half a contact, so that the ratio has limits.
  const double add = about[0] > 0 && about[1] > 0 ? 0 : 0.5;
  const double log_ratio = std::log((about[1] + add) / all[1]) - std::log((about[0] + add) / all[0]);
  const double error = std::sqrt(trend.dispersion * (1 / (about[0] + add) + 1 / (about[1] + add)));
  const double wide = StudentCritical(0.95, degrees) * error;
  trend.ratio = std::exp(log_ratio);
  trend.interval = Interval{std::exp(log_ratio - wide), std::exp(log_ratio + wide)};
  trend.p = StudentTwoSidedP(log_ratio / error, degrees);
  return trend;
}

void JudgeTrends(std::vector<IssueTrend>& trends) {
  std::vector<double> p;
  for (const IssueTrend& trend : trends) {
    if (trend.ratio) p.push_back(trend.p);
  }
  const std::vector<double> adjusted = BenjaminiHochberg(p);
  std::size_t at = 0;
  for (IssueTrend& trend : trends) {
    if (!trend.ratio) continue;
    trend.adjusted_p = adjusted[at++];
    trend.verdict = trend.adjusted_p > kFalseCalls ? TrendVerdict::kNoChangeShown
                    : *trend.ratio > 1             ? TrendVerdict::kRising
                                                   : TrendVerdict::kFalling;
  }
}

}  // namespace backcast
