// SPDX-License-Identifier: Apache-2.0
#include "listening/collection.h"

#include <algorithm>
#include <cmath>

#include "measure/distributions.h"

namespace backcast {
namespace {

constexpr double kThin = 0.05, kSeldom = 1e-6, kUsual = 0.75, kUsualDay = 10;

/// P(X <= count) of a Poisson variable, by the chi-square that mirrors it.
bool SoLowIsSeldom(double count, double mean) {
  return mean > 0 && 2 * mean > ChiSquareQuantile(1 - kSeldom, 2 * (count + 1));
}

double Quantile(std::vector<double> values, double q) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(std::lround(q * static_cast<double>(values.size() - 1)))];
}

std::vector<double> Totals(std::span<const DailyMentions> brands) {
  std::vector<double> totals(brands.empty() ? 0 : brands[0].size(), 0);
  for (const DailyMentions& brand : brands) {
    for (std::size_t day = 0; day < totals.size(); ++day) totals[day] += brand[day];
  }
  return totals;
}

BrandCollection Check(const DailyMentions& brand, const std::vector<double>& totals) {
  // Days outside of what was collected at all say nothing of a usual day.
  std::vector<double> shares, days;
  for (std::size_t day = 0; day < totals.size(); ++day) {
    if (totals[day] == 0) continue;
    shares.push_back(brand[day] / totals[day]);
    days.push_back(brand[day]);
  }
  const double usual_share = Quantile(std::move(shares), kUsual),
               usual_day = Quantile(std::move(days), kUsual);
  BrandCollection check;
  bool leading = true;
  for (std::size_t day = 0; day < totals.size(); ++day) {
    // The smaller of the two: neither a quiet day of everybody nor a loud one of another brand is a hole.
    const double expected = std::min(usual_share * totals[day], usual_day);
    const bool thin = brand[day] < kThin * expected && SoLowIsSeldom(brand[day], expected);
    if (!thin) {
      // A day on which next to nothing was to be expected ends no silence.
      leading = leading && !SoLowIsSeldom(0, expected);
      continue;
    }
    check.thin.push_back(day);
    if (!leading) continue;
    check.sound_from = day + 1;
    check.found += brand[day];
    check.expected += expected;
  }
  return check;
}

}  // namespace

std::vector<BrandCollection> CheckCollection(std::span<const DailyMentions> brands) {
  const std::vector<double> totals = Totals(brands);
  std::vector<BrandCollection> checks;
  for (const DailyMentions& brand : brands) checks.push_back(Check(brand, totals));
  return checks;
}

std::vector<std::size_t> EmptyDays(std::span<const DailyMentions> brands) {
  const std::vector<double> totals = Totals(brands);
  std::vector<double> filled;
  for (const double total : totals) {
    if (total > 0) filled.push_back(total);
  }
  std::vector<std::size_t> empty;
  if (Quantile(filled, 0.5) < kUsualDay) return empty;
  const auto some = [](double total) { return total > 0; };
  const auto first = std::find_if(totals.begin(), totals.end(), some);
  const auto last = std::find_if(totals.rbegin(), totals.rend(), some).base();
  for (auto day = first; day < last; ++day) {
    if (*day == 0) empty.push_back(static_cast<std::size_t>(day - totals.begin()));
  }
  return empty;
}

}  // namespace backcast
