// SPDX-License-Identifier: Apache-2.0
#include "measure/decompose.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "measure/robust.h"
#include "measure/shapley.h"

namespace backcast {
namespace {

constexpr auto kWhere = "decomposition";

Error Unusable(std::string what, std::string hint) {
  return {Code::kInput, kWhere, std::move(what), std::move(hint)};
}

bool AllFinite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

double Product(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 1.0, [](double a, double b) { return a * b; });
}

// before > 0, now = before * exp(log_change): their log mean without the cancellation of (a - b) / ln(a / b).
double LogMean(double before, double log_change) {
  return log_change == 0 ? before : before * std::expm1(log_change) / log_change;
}

Result<Done> CheckFactors(std::span<const double> before, std::span<const double> now) {
  if (before.empty() || before.size() != now.size()) {
    return Unusable("a product needs the same factors in both periods", "pass lists of one length");
  }
  if (!AllFinite(before) || !AllFinite(now) || !std::isfinite(Product(before)) ||
      !std::isfinite(Product(now))) {
    return Unusable("a factor is unknown or too large", "leave the comparison out");
  }
  return Done{};
}

}  // namespace

Result<Decomposition> LmdiContributions(std::span<const double> before, std::span<const double> now) {
  BACKCAST_CHECK(CheckFactors(before, now));
  std::vector<double> log_change;
  bool has_logs = true;
  for (std::size_t factor = 0; factor < before.size(); ++factor) {
    // A quotient may underflow where the factors do not; the difference of logarithms does not.
    has_logs =
        has_logs && before[factor] != 0 && now[factor] != 0 && (before[factor] < 0) == (now[factor] < 0);
    if (has_logs) log_change.push_back(std::log(std::abs(now[factor])) - std::log(std::abs(before[factor])));
  }
  if (!has_logs) return ShapleyOverFactors(before, now);
  const double total = std::accumulate(log_change.begin(), log_change.end(), 0.0);
  const double mean = LogMean(Product(before), total);
  Decomposition decomposition;
  for (const double change : log_change) decomposition.parts.push_back(mean * change);
  return decomposition;
}

Result<Decomposition> ShapleyOverFactors(std::span<const double> before, std::span<const double> now) {
  BACKCAST_CHECK(CheckFactors(before, now));
  if (before.size() > static_cast<std::size_t>(kMostShapleyFactors)) {
    return Unusable("Shapley's parts of more than 10 factors are too many orders", "merge factors");
  }
  std::vector<double> worth(std::size_t{1} << before.size());
  for (std::size_t set = 0; set < worth.size(); ++set) {
    worth[set] = 1;
    for (std::size_t factor = 0; factor < before.size(); ++factor) {
      worth[set] *= (set >> factor & 1) != 0 ? now[factor] : before[factor];
    }
  }
  BACKCAST_TRY(std::vector<double> parts, ShapleyValues(worth));
  return Decomposition{std::move(parts), DecompositionMethod::kShapley};
}

Result<MixRate> MixAndRate(std::span<const double> weights_before, std::span<const double> rates_before,
                           std::span<const double> weights_now, std::span<const double> rates_now) {
  const std::size_t segments = weights_before.size();
  if (segments == 0 || rates_before.size() != segments || weights_now.size() != segments ||
      rates_now.size() != segments) {
    return Unusable("mix and rate need the same segments in both periods",
                    "give a segment that is missing in a period the weight 0");
  }
  for (const auto weights : {weights_before, weights_now}) {
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    const bool negative =
        std::any_of(weights.begin(), weights.end(), [](double weight) { return weight < 0; });
    if (negative || !(std::abs(sum - 1) <= 1e-6)) {
      return Unusable("the weights of the segments do not sum to 1", "divide them by their sum");
    }
  }
  if (!AllFinite(rates_before) || !AllFinite(rates_now)) {
    return Unusable("the rate of a segment is unknown", "leave the segment out of both periods");
  }
  MixRate result;
  for (std::size_t segment = 0; segment < segments; ++segment) {
    result.before += weights_before[segment] * rates_before[segment];
    result.now += weights_now[segment] * rates_now[segment];
  }
  const double overall = (result.before + result.now) / 2;
  for (std::size_t segment = 0; segment < segments; ++segment) {
    const double weight_change = weights_now[segment] - weights_before[segment];
    const double rate_change = rates_now[segment] - rates_before[segment];
    result.mix.push_back(weight_change * ((rates_before[segment] + rates_now[segment]) / 2 - overall));
    result.rate.push_back((weights_before[segment] + weights_now[segment]) / 2 * rate_change);
  }
  return result;
}

Result<double> TheilSenSlope(std::span<const double> values) {
  std::vector<double> slopes;
  for (std::size_t late = 1; late < values.size(); ++late) {
    if (!std::isfinite(values[late])) continue;
    for (std::size_t early = 0; early < late; ++early) {
      if (!std::isfinite(values[early])) continue;
      slopes.push_back((values[late] - values[early]) / static_cast<double>(late - early));
    }
  }
  if (slopes.empty()) {
    return Error{Code::kTooLittle, "slope", "a slope needs at least two values", "wait for another period"};
  }
  return Median(std::move(slopes));
}

}  // namespace backcast
