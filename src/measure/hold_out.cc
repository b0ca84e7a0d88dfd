// SPDX-License-Identifier: Apache-2.0
#include "measure/hold_out.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "measure/random.h"

namespace backcast {
namespace {

constexpr auto kWhere = "hold-out";
constexpr double kLevel = 0.05;
constexpr int kMostAssignments = 10000;
constexpr int kBisections = 50;

double Mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Error TooLittle(std::string what, std::string hint) {
  return {Code::kTooLittle, kWhere, std::move(what), std::move(hint)};
}

Result<Done> CheckRegions(std::span<const TestRegion> regions) {
  if (regions.size() < kFewestRegions) {
    return TooLittle("the test has " + std::to_string(regions.size()) + " regions",
                     "it takes at least " + std::to_string(kFewestRegions) + ", of both kinds together");
  }
  for (const TestRegion& region : regions) {
    if (region.before.size() != regions[0].before.size() || region.during.size() != regions[0].during.size())
      return Error{Code::kInput, kWhere, "region '" + region.name + "' has other weeks than the rest",
                   "give every region a value for every week; 0 where nothing happened"};
    const auto usable = [](double value) { return std::isfinite(value) && value >= 0; };
    if (!std::all_of(region.before.begin(), region.before.end(), usable) ||
        !std::all_of(region.during.begin(), region.during.end(), usable))
      return Error{Code::kInput, kWhere, "region '" + region.name + "' has a value below zero or none at all",
                   "a week counts something, from 0 up"};
  }
  if (regions[0].before.size() < kWeeksBeforeHoldOut || regions[0].during.size() < kWeeksInHoldOut) {
    return TooLittle(
        "there are " + std::to_string(regions[0].before.size()) + " whole weeks before the test and " +
            std::to_string(regions[0].during.size()) + " in it",
        "it takes " + std::to_string(kWeeksBeforeHoldOut) + " and " + std::to_string(kWeeksInHoldOut));
  }
  for (const TestRegion& region : regions) {
    if (Mean(region.before) <= 0)
      return Error{Code::kInput, kWhere, "region '" + region.name + "' had nothing in the weeks before",
                   "put it together with a neighbour"};
  }
  return Done{};
}

/// The ways to choose the changed regions, the true one first: each a list of as many indices.
struct Assignments {
  std::vector<std::vector<int>> chosen;
  bool all = true;
};

double WaysToChoose(int n, int k) {
  double ways = 1;
  for (int i = 1; i <= k; ++i) ways *= static_cast<double>(n - k + i) / i;
  return ways;
}

Assignments Choose(int n, const std::vector<int>& truth, std::uint64_t seed) {
  const int k = static_cast<int>(truth.size());
  Assignments ways;
  if (WaysToChoose(n, k) <= kMostAssignments + 0.5) {
    std::vector<int> one(truth.size());
    std::iota(one.begin(), one.end(), 0);
    for (;;) {
      ways.chosen.push_back(one);
      int at = k - 1;
      while (at >= 0 && one[static_cast<std::size_t>(at)] == n - k + at) --at;
      if (at < 0) return ways;
      ++one[static_cast<std::size_t>(at)];
      for (int i = at + 1; i < k; ++i)
        one[static_cast<std::size_t>(i)] = one[static_cast<std::size_t>(i - 1)] + 1;
    }
  }
  ways.all = false;
  ways.chosen.push_back(truth);
  Random random(seed);
  std::vector<double> order(static_cast<std::size_t>(n));
  while (static_cast<int>(ways.chosen.size()) < kMostAssignments) {
    std::iota(order.begin(), order.end(), 0.0);
    random.Shuffle(order);
    std::vector<int> one;
    for (int i = 0; i < k; ++i) one.push_back(static_cast<int>(order[static_cast<std::size_t>(i)]));
    ways.chosen.push_back(std::move(one));
  }
  return ways;
}

/// Scaled values of the regions and which of them were changed.
struct Comparison {
  std::vector<double> scaled;
  std::vector<int> changed;
  const Assignments& ways;

  double Difference(const std::vector<double>& values, const std::vector<int>& chosen) const {
    double inside = 0;
    for (const int region : chosen) inside += values[static_cast<std::size_t>(region)];
    const double all = std::accumulate(values.begin(), values.end(), 0.0);
    const auto k = static_cast<double>(chosen.size());
    return inside / k - (all - inside) / (static_cast<double>(values.size()) - k);
  }
  /// What the values would be without an effect of this size.
  std::vector<double> Without(double effect) const {
    std::vector<double> values = scaled;
    for (const int region : changed) values[static_cast<std::size_t>(region)] /= 1 + effect;
    return values;
  }
  double P(double effect) const {
    const std::vector<double> values = Without(effect);
    const double seen = std::abs(Difference(values, changed));
    const auto as_large = std::count_if(ways.chosen.begin(), ways.chosen.end(), [&](const auto& chosen) {
      return std::abs(Difference(values, chosen)) >= seen * (1 - 1e-9);
    });
    return static_cast<double>(as_large) / static_cast<double>(ways.chosen.size());
  }
  double Estimate() const {
    double inside = 0;
    for (const int region : changed) inside += scaled[static_cast<std::size_t>(region)];
    const double all = std::accumulate(scaled.begin(), scaled.end(), 0.0);
    const auto k = static_cast<double>(changed.size());
    const double others = (all - inside) / (static_cast<double>(scaled.size()) - k);
    return others > 0 ? inside / k / others - 1 : 0;
  }
  /// The end of the effects that are not refused, on one side of the estimate. `far` is refused or as far as
  /// it goes.
  double Limit(double estimate, double far) const {
    if (P(far) > kLevel) return far;
    double kept = estimate, refused = far;
    for (int i = 0; i < kBisections; ++i) {
      // Ratios are halved as ratios, so that both ends are found to the same number of digits.
      const double middle = std::sqrt((1 + kept) * (1 + refused)) - 1;
      (P(middle) > kLevel ? kept : refused) = middle;
    }
    return refused;
  }
  /// Standard error of the relative effect when there is none, by all assignments.
  double Spread(double estimate) const {
    const std::vector<double> values = Without(estimate);
    double squares = 0;
    for (const auto& chosen : ways.chosen) squares += std::pow(Difference(values, chosen), 2);
    return std::sqrt(squares / static_cast<double>(ways.chosen.size())) / Mean(values);
  }
};

std::vector<double> Scaled(std::span<const TestRegion> regions, bool halves_before) {
  std::vector<double> scaled;
  for (const TestRegion& region : regions) {
    const std::span<const double> before(region.before);
    const std::size_t half = before.size() / 2;
    const double base = Mean(halves_before ? before.first(half) : before);
    const double later = Mean(halves_before ? before.subspan(half) : std::span<const double>(region.during));
    scaled.push_back(base > 0 ? later / base : 1);
  }
  return scaled;
}

}  // namespace

Result<HoldOutResult> TestHoldOut(std::span<const TestRegion> regions, std::uint64_t seed) {
  BACKCAST_CHECK(CheckRegions(regions));
  std::vector<int> changed;
  for (std::size_t i = 0; i < regions.size(); ++i)
    if (regions[i].changed) changed.push_back(static_cast<int>(i));
  const int n = static_cast<int>(regions.size()), k = static_cast<int>(changed.size());
  if (k == 0 || k == n || 1 / WaysToChoose(n, k) > kLevel) {
    return TooLittle("the change was made in " + std::to_string(k) + " of " + std::to_string(n) + " regions",
                     "with so few of one kind any result could be chance; make it in about half of them");
  }
  const Assignments ways = Choose(n, changed, seed);
  const Comparison test{Scaled(regions, false), changed, ways}, past{Scaled(regions, true), changed, ways};
  HoldOutResult result;
  result.changed = k;
  result.compared = n - k;
  result.assignments = static_cast<int>(ways.chosen.size());
  result.all_assignments = ways.all;
  result.effect = test.Estimate();
  if (!(result.effect > -1)) {
    return Error{Code::kInput, kWhere,
                 "nothing at all was counted in the regions of the change during the test",
                 "check whether their export is there"};
  }
  result.p = test.P(0);
  result.p_before = past.P(0);
  result.low = test.Limit(result.effect, (1 + result.effect) / 100 - 1);
  result.high = test.Limit(result.effect, (1 + result.effect) * 100 - 1);
  result.smallest = (1.96 + 0.84) * test.Spread(result.effect);
  double during = 0;
  for (const int region : changed) {
    const auto& weeks = regions[static_cast<std::size_t>(region)].during;
    during = std::accumulate(weeks.begin(), weeks.end(), during);
  }
  const auto brought = [&](double effect) { return during * effect / (1 + effect); };
  result.extra = brought(result.effect);
  result.extra_low = brought(result.low);
  result.extra_high = brought(result.high);
  result.verdict = result.p_before <= kLevel           ? HoldOutResult::Verdict::kApartBefore
                   : result.low > 0 || result.high < 0 ? HoldOutResult::Verdict::kCaused
                                                       : HoldOutResult::Verdict::kNoEffectShown;
  return result;
}

}  // namespace backcast
