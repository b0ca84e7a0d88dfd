// SPDX-License-Identifier: Apache-2.0
#include "content/compare_posts.h"

#include <cmath>

#include "measure/benjamini_hochberg.h"
#include "measure/distributions.h"

namespace backcast {
namespace {

constexpr int kFewestShown = 5;
constexpr double kFalseShare = 0.05;

struct Moments {
  double mean = 0, variance_of_mean = 0, n = 0;
};

Moments MomentsOf(std::span<const double> values) {
  Moments moments;
  moments.n = static_cast<double>(values.size());
  for (const double value : values) moments.mean += value / moments.n;
  double squares = 0;
  for (const double value : values) squares += (value - moments.mean) * (value - moments.mean);
  moments.variance_of_mean = squares / (moments.n - 1) / moments.n;
  return moments;
}

}  // namespace

std::optional<Difference> WelchDifference(std::span<const double> one, std::span<const double> other) {
  if (one.size() < 2 || other.size() < 2) return std::nullopt;
  const Moments a = MomentsOf(one), b = MomentsOf(other);
  const double variance = a.variance_of_mean + b.variance_of_mean;
  if (!(variance > 0)) return std::nullopt;
  Difference difference;
  difference.value = a.mean - b.mean;
  difference.standard_error = std::sqrt(variance);
  difference.degrees = variance * variance /
                       (a.variance_of_mean * a.variance_of_mean / (a.n - 1) +
                        b.variance_of_mean * b.variance_of_mean / (b.n - 1));
  const double half = StudentCritical(0.95, difference.degrees) * difference.standard_error;
  difference.interval = {difference.value - half, difference.value + half};
  difference.p = StudentTwoSidedP(difference.value / difference.standard_error, difference.degrees);
  return difference;
}

std::string_view ToWord(GroupVerdict verdict) {
  switch (verdict) {
    case GroupVerdict::kMore:
      return "more";
    case GroupVerdict::kNoDifferenceSeen:
      return "no_difference_seen";
    case GroupVerdict::kLess:
      return "less";
    case GroupVerdict::kTooLittle:
      return "too_little_data";
  }
  return "";
}

GroupComparison CompareGroups(std::string name, const GroupValues& one, std::string against,
                              const GroupValues& other) {
  GroupComparison comparison;
  comparison.name = std::move(name);
  comparison.against = std::move(against);
  comparison.posts = static_cast<int>(one.residuals.size());
  comparison.against_posts = static_cast<int>(other.residuals.size());
  if (comparison.posts < kFewestShown || comparison.against_posts < kFewestShown) return comparison;
  comparison.means = WelchDifference(one.engagements, other.engagements);
  if (const auto logs = WelchDifference(one.residuals, other.residuals)) {
    comparison.lift =
        Lift{std::expm1(logs->value), std::expm1(logs->interval.low), std::expm1(logs->interval.high)};
    comparison.adjusted_p = logs->p;
  }
  return comparison;
}

void JudgeTogether(const std::vector<GroupComparison*>& comparisons, int least) {
  std::vector<GroupComparison*> judged;
  std::vector<double> p;
  for (GroupComparison* comparison : comparisons) {
    const int fewer = std::min(comparison->posts, comparison->against_posts);
    if (fewer < least || !comparison->lift) {
      comparison->verdict = GroupVerdict::kTooLittle;
      comparison->adjusted_p = 1;
      comparison->needs = fewer < least
                              ? "have " + std::to_string(fewer) + " posts, need " + std::to_string(least)
                              : "the posts do not differ at all";
      continue;
    }
    judged.push_back(comparison);
    p.push_back(comparison->adjusted_p);
  }
  const std::vector<double> adjusted = BenjaminiHochberg(p);
  for (std::size_t i = 0; i < judged.size(); ++i) {
    GroupComparison& comparison = *judged[i];
    comparison.adjusted_p = adjusted[i];
    const bool called = adjusted[i] <= kFalseShare;
    comparison.verdict = called && comparison.lift->low > 0    ? GroupVerdict::kMore
                         : called && comparison.lift->high < 0 ? GroupVerdict::kLess
                                                               : GroupVerdict::kNoDifferenceSeen;
  }
}

}  // namespace backcast
