// SPDX-License-Identifier: Apache-2.0
#include "money/creative_fatigue.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "measure/distributions.h"
#include "measure/shrinkage.h"
#include "measure/weekly_noise.h"

namespace backcast {
namespace {

std::string Whole(double value) { return std::to_string(std::llround(value)); }

/// One end of an ad's life.
struct End {
  double impressions = 0, clicks = 0;
  double rate() const { return impressions > 0 ? clicks / impressions : 0; }
};

/// Logarithm of the ratio of both ends, and how well it is known.
struct LogChange {
  double value = 0, error = 0, degrees = 1;
};

std::vector<std::size_t> DaysShown(const CreativeDays& ad) {
  std::vector<std::size_t> shown;
  for (std::size_t day = 0; day < ad.impressions.size() && day < ad.clicks.size(); ++day) {
    if (std::isfinite(ad.clicks[day]) && ad.impressions[day] > 0) shown.push_back(day);
  }
  return shown;
}

End EndOf(const CreativeDays& ad, std::span<const std::size_t> days) {
  End end;
  for (const std::size_t day : days) {
    end.impressions += ad.impressions[day];
    end.clicks += ad.clicks[day];
  }
  return end;
}

std::string NeedsOf(const Fatigue& fatigue, const End& first, const End& last) {
  if (fatigue.days < kDaysForFatigue)
    return "shown on " + std::to_string(fatigue.days) + " days, need " + std::to_string(kDaysForFatigue);
  if (fatigue.impressions < kImpressionsForFatigue)
    return "have " + Whole(fatigue.impressions) + " impressions, need " + Whole(kImpressionsForFatigue);
  const double fewest = std::min(first.clicks, last.clicks);
  if (fewest < kClicksForFatigue)
    return "have " + Whole(fewest) + " clicks in one of the weeks compared, need " + Whole(kClicksForFatigue);
  return "";
}

LogChange ChangeOf(const CreativeDays& ad, const std::vector<std::size_t>& shown, const End& first,
                   const End& last) {
  std::vector<double> logs(ad.impressions.size(), std::numeric_limits<double>::quiet_NaN());
  // Half a click more, so that a day without any has a logarithm.
  for (const std::size_t day : shown)
    logs[day] = std::log((ad.clicks[day] + 0.5) / (ad.impressions[day] + 1));
  std::vector<double> weights(logs.size(), 0);
  for (std::size_t i = 0; i < kDaysAtEachEnd; ++i) {
    weights[shown[i]] = -ad.impressions[shown[i]] / first.impressions;
    const std::size_t end = shown[shown.size() - 1 - i];
    weights[end] = ad.impressions[end] / last.impressions;
  }
  const SumError error = ErrorOfSum(NoiseOfWeeks(logs), weights, 1 / first.clicks + 1 / last.clicks);
  return {std::log(last.rate() / first.rate()), std::sqrt(error.Variance()), error.degrees};
}

void Judge(Fatigue& fatigue, double estimate, double half_width) {
  fatigue.estimate = std::expm1(estimate);
  fatigue.interval = {std::expm1(estimate - half_width), std::expm1(estimate + half_width)};
  fatigue.verdict = fatigue.interval->high < 0  ? Fatigue::Verdict::kTired
                    : fatigue.interval->low > 0 ? Fatigue::Verdict::kFresher
                                                : Fatigue::Verdict::kNoFallShown;
}

}  // namespace

std::string_view ToWord(Fatigue::Verdict verdict) {
  switch (verdict) {
    case Fatigue::Verdict::kTired:
      return "tired";
    case Fatigue::Verdict::kNoFallShown:
      return "no_fall_shown";
    case Fatigue::Verdict::kFresher:
      return "fresher";
    case Fatigue::Verdict::kTooLittle:
      return "too_little_data";
  }
  return "";
}

std::vector<Fatigue> JudgeCreatives(std::span<const CreativeDays> ads) {
  std::vector<Fatigue> all(ads.size());
  std::vector<std::size_t> judged;
  std::vector<LogChange> changes;
  std::vector<double> values, errors;
  for (std::size_t i = 0; i < ads.size(); ++i) {
    Fatigue& fatigue = all[i];
    const std::vector<std::size_t> shown = DaysShown(ads[i]);
    const std::span<const std::size_t> days(shown);
    const std::size_t ends = std::min<std::size_t>(kDaysAtEachEnd, days.size());
    const End whole = EndOf(ads[i], days), first = EndOf(ads[i], days.first(ends)),
              last = EndOf(ads[i], days.last(ends));
    fatigue.days = static_cast<int>(shown.size());
    fatigue.impressions = whole.impressions;
    fatigue.clicks = whole.clicks;
    fatigue.first = first.rate();
    fatigue.last = last.rate();
    if (first.clicks > 0) fatigue.change = last.rate() / first.rate() - 1;
    fatigue.needs = NeedsOf(fatigue, first, last);
    if (!fatigue.needs.empty()) continue;
    judged.push_back(i);
    changes.push_back(ChangeOf(ads[i], shown, first, last));
    values.push_back(changes.back().value);
    errors.push_back(changes.back().error);
  }
  const auto together = EmpiricalBayes(values, errors);
  for (std::size_t k = 0; k < judged.size(); ++k) {
    Fatigue& fatigue = all[judged[k]];
    const double critical = StudentCritical(0.95, changes[k].degrees);
    if (together.ok()) {
      fatigue.ads = static_cast<int>(judged.size());
      fatigue.together = std::expm1(together.value().mean);
      const ShrunkenEffect& drawn = together.value().groups[k];
      Judge(fatigue, drawn.estimate, critical * drawn.sd);
    } else {
      Judge(fatigue, values[k], critical * errors[k]);
    }
  }
  return all;
}

}  // namespace backcast
