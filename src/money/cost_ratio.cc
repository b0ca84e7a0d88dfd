// SPDX-License-Identifier: Apache-2.0
#include "money/cost_ratio.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "measure/distributions.h"

namespace backcast {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

Error Unusable(std::string what, std::string hint) {
  return {Code::kInput, "cost per result", std::move(what), std::move(hint)};
}

bool IsUsable(const CostCount& one) {
  return std::isfinite(one.cost) && one.cost > 0 && std::isfinite(one.count) && one.count >= 0 &&
         one.dispersion >= 1 && std::isfinite(one.dispersion);
}

double OddsOf(double chance) { return chance >= 1 ? kInfinite : chance / (1 - chance); }

}  // namespace

Result<CostRatio> CompareCosts(const CostCount& first, const CostCount& second, double level) {
  if (!IsLevel(level))
    return Unusable("the level of an interval lies between 0 and 1", "0.95 is the usual one");
  if (!IsUsable(first) || !IsUsable(second) || first.count + second.count == 0) {
    return Unusable("two costs above zero and their counts are needed, at least one of them above zero",
                    "leave out channels without a cost");
  }
  // What each count is worth, and what it would be worth per one of cost.
  const double x = first.count / first.dispersion, y = second.count / second.dispersion;
  const double first_weight = first.cost / first.dispersion, second_weight = second.cost / second.dispersion;
  const double chance = first_weight / (first_weight + second_weight);
  const double at_most = y == 0 ? 1 : 1 - BetaAtMost(chance, x + 1, y);
  const double at_least = x == 0 ? 1 : BetaAtMost(chance, x, y + 1);
  const double tail = (1 - level) / 2;
  const double low = x == 0 ? 0 : BetaQuantile(tail, x, y + 1);
  const double high = y == 0 ? 1 : BetaQuantile(1 - tail, x + 1, y);
  // The odds of a chance are the counts' ratio; more of the first at its cost means that one costs less.
  const double weights = first_weight / second_weight;
  CostRatio result;
  result.p = std::min(1.0, 2 * std::min(at_most, at_least));
  result.ratio = first.count == 0 ? kInfinite : first.cost * second.count / (second.cost * first.count);
  result.interval = {high >= 1 ? 0 : weights / OddsOf(high), low <= 0 ? kInfinite : weights / OddsOf(low)};
  return result;
}

Result<Interval> CostPerWithin(const CostCount& one, double level) {
  if (!(one.dispersion >= 1) || !std::isfinite(one.dispersion))
    return Unusable("a dispersion is at least 1", "counts that vary less than chance are taken for chance");
  return CostPerInterval(one.cost / one.dispersion, one.count / one.dispersion, level);
}

double CountNeeded(double ratio, double dispersion) {
  const double both = NormalQuantile(0.975) + NormalQuantile(0.8);
  const double wide = std::max(ratio, 1 / ratio), log = std::log(wide);
  return dispersion * both * both * (1 + 1 / wide) / (log * log);
}

}  // namespace backcast
