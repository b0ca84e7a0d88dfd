// SPDX-License-Identifier: Apache-2.0
#include "measure/interval.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "measure/distributions.h"

namespace backcast {
namespace {

Error Unusable(const char* where, std::string what, std::string hint) {
  return {Code::kInput, where, std::move(what), std::move(hint)};
}

Error NoLevel(const char* where) {
  return Unusable(where, "the level of an interval lies between 0 and 1", "0.95 is the usual one");
}

bool AllFinite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

}  // namespace

Result<Interval> WilsonInterval(double k, double n, double level) {
  constexpr auto kWhere = "share";
  if (!IsLevel(level)) return NoLevel(kWhere);
  if (!std::isfinite(n) || n <= 0 || !(k >= 0 && k <= n)) {
    return Unusable(kWhere, "a share needs 0 <= k <= n with n above zero",
                    "check what is counted and what it is counted out of");
  }
  const double z = NormalCritical(level);
  const double share = k / n;
  const double scale = 1 + z * z / n;
  const double centre = (share + z * z / (2 * n)) / scale;
  const double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale;
  // At the ends the limit is the end itself; rounding may miss it by one unit in the last place.
  return Interval{k == 0 ? 0.0 : centre - half, k == n ? 1.0 : centre + half};
}

Result<Interval> ShareDifferenceInterval(double k1, double n1, double k2, double n2, double level) {
  BACKCAST_TRY(const Interval one, WilsonInterval(k1, n1, level));
  BACKCAST_TRY(const Interval other, WilsonInterval(k2, n2, level));
  const double p1 = k1 / n1, p2 = k2 / n2;
  return Interval{p1 - p2 - std::hypot(p1 - one.low, other.high - p2),
                  p1 - p2 + std::hypot(one.high - p1, p2 - other.low)};
}

Result<Interval> PoissonInterval(double count, double level) {
  constexpr auto kWhere = "count";
  if (!IsLevel(level)) return NoLevel(kWhere);
  if (!std::isfinite(count) || count < 0) {
    return Unusable(kWhere, "a count is zero or more", "check the sign of the column");
  }
  const double tail = (1 - level) / 2;
  return Interval{count == 0 ? 0.0 : ChiSquareQuantile(tail, 2 * count) / 2,
                  ChiSquareQuantile(1 - tail, 2 * count + 2) / 2};
}

Result<Interval> CostPerInterval(double cost, double count, double level) {
  if (!std::isfinite(cost) || cost < 0) {
    return Unusable("cost per result", "a cost is zero or more", "book refunds apart from costs");
  }
  BACKCAST_TRY(const Interval limits, PoissonInterval(count, level));
  const double high = limits.low > 0 ? cost / limits.low : std::numeric_limits<double>::infinity();
  return Interval{cost / limits.high, high};
}

Result<NetPromoterScore> NpsInterval(double promoters, double detractors, double n) {
  if (!std::isfinite(n) || n <= 0 || !(promoters >= 0) || !(detractors >= 0) || promoters + detractors > n) {
    return Unusable("net promoter score",
                    "promoters and detractors are zero or more and together at most the answers",
                    "count every answer once");
  }
  const double up = promoters / n, down = detractors / n;
  const double net = up - down;
  // The published convention of the score is 1.96, not the quantile to sixteen digits.
  const double half = 1.96 * std::sqrt(std::max(0.0, up + down - net * net) / n);
  return NetPromoterScore{100 * net, {100 * (net - half), 100 * (net + half)}};
}

Result<RatioEstimate> RatioInterval(std::span<const double> numerators, std::span<const double> denominators,
                                    double level) {
  constexpr auto kWhere = "ratio";
  if (!IsLevel(level)) return NoLevel(kWhere);
  if (numerators.size() != denominators.size()) {
    return Unusable(kWhere, "a ratio needs one numerator and one denominator per cluster",
                    "pass lists of one length");
  }
  if (!AllFinite(numerators) || !AllFinite(denominators)) {
    return Unusable(kWhere, "a ratio needs every value of every cluster",
                    "leave out clusters with unknown values");
  }
  const auto clusters = static_cast<double>(numerators.size());
  if (numerators.size() < 2) {
    return Error{Code::kTooLittle, kWhere,
                 "an interval over clusters needs at least 2, have " + std::to_string(numerators.size()),
                 "wait for more posts, persons or days"};
  }
  double above = 0, below = 0;
  for (std::size_t cluster = 0; cluster < numerators.size(); ++cluster) {
    if (denominators[cluster] < 0)
      return Unusable(kWhere, "a denominator is negative", "check the sign of the column");
    above += numerators[cluster];
    below += denominators[cluster];
  }
  if (below <= 0)
    return Unusable(kWhere, "the denominators sum to zero", "a ratio needs something below the line");
  RatioEstimate estimate;
  estimate.value = above / below;
  estimate.clusters = static_cast<int>(numerators.size());
  double squares = 0;
  for (std::size_t cluster = 0; cluster < numerators.size(); ++cluster) {
    const double rest = numerators[cluster] - estimate.value * denominators[cluster];
    squares += rest * rest;
  }
  estimate.standard_error = std::sqrt(clusters / (clusters - 1) * squares) / below;
  const double half = StudentCritical(level, clusters - 1) * estimate.standard_error;
  estimate.interval = {estimate.value - half, estimate.value + half};
  return estimate;
}

namespace {

// Ranks (from 1) of the limits: P(low-th value <= quantile) and P(quantile <= high-th value) each keep their
// half of the level. 0 and n + 1 say that the sample has no such value.
struct Ranks {
  int low = 0, high = 0;
};

Ranks LimitRanks(int count, double q, double level) {
  const double tail = (1 - level) / 2;
  return {BinomialQuantile(tail, count, q), BinomialQuantile(1 - tail, count, q) + 1};
}

}  // namespace

Result<QuantileEstimate> QuantileInterval(std::span<const double> values, double q, double level) {
  constexpr auto kWhere = "quantile";
  if (!IsLevel(level)) return NoLevel(kWhere);
  if (!(q > 0 && q < 1)) return Unusable(kWhere, "a quantile lies between 0 and 1", "0.5 is the median");
  if (values.empty()) {
    return Error{Code::kTooLittle, kWhere, "there is no value", "a quantile needs at least one"};
  }
  if (!AllFinite(values)) return Unusable(kWhere, "a value is not a number", "leave out unknown values");
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const int count = static_cast<int>(sorted.size());
  const auto [low, high] = LimitRanks(count, q, level);
  // A share that is a whole number of values up to rounding is that number: .9 of 10 is the ninth.
  const int rank = std::clamp(static_cast<int>(std::ceil(q * count - 1e-9)), 1, count);
  QuantileEstimate estimate;
  estimate.value = sorted[static_cast<std::size_t>(rank - 1)];
  estimate.both_limits_exist = low >= 1 && high <= count;
  estimate.interval = {sorted[static_cast<std::size_t>(std::max(low, 1) - 1)],
                       sorted[static_cast<std::size_t>(std::min(high, count) - 1)]};
  return estimate;
}

int FewestForQuantile(double q, double level) {
  for (int count = 1;; ++count) {
    const auto [low, high] = LimitRanks(count, q, level);
    if (low >= 1 && high <= count) return count;
  }
}

}  // namespace backcast
