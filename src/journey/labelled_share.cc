// SPDX-License-Identifier: Apache-2.0
#include "journey/labelled_share.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "measure/random.h"

namespace backcast {
namespace {

constexpr int kDraws = 2000;
constexpr double kLeastOfAKind = 10, kLeastSkill = 0.1;

double RoganGladen(double found, double sensitivity, double specificity) {
  return std::clamp((found + specificity - 1) / (sensitivity + specificity - 1), 0.0, 1.0);
}

std::optional<Interval> Wilson(double k, double n) {
  if (n <= 0) return std::nullopt;
  const auto interval = WilsonInterval(k, n);
  return interval.ok() ? std::optional(interval.value()) : std::nullopt;
}

std::string Whole(double value) { return std::to_string(static_cast<long long>(std::llround(value))); }

}  // namespace

Result<CorrectedShare> CorrectShare(double found, double sampled, const Labels& labels, int least,
                                    std::string_view seed) {
  if (labels.all() < least || labels.positives() < kLeastOfAKind || labels.negatives() < kLeastOfAKind) {
    return Error{Code::kTooLittle, "", "too few hand labels to correct the share",
                 "have " + Whole(labels.all()) + " (" + Whole(labels.positives()) + " of bots), need about " +
                     std::to_string(least) + ", ten of each kind"};
  }
  if (sampled <= 0) return Error{Code::kTooLittle, "", "nobody was sampled", ""};
  CorrectedShare corrected;
  corrected.sensitivity = labels.true_found / labels.positives();
  corrected.specificity = labels.false_passed / labels.negatives();
  if (corrected.sensitivity + corrected.specificity - 1 < kLeastSkill) {
    return Error{Code::kTooLittle, "", "the rules are hardly better than a coin on these labels",
                 "the share can only be taken from labels"};
  }
  corrected.sensitivity_interval = *Wilson(labels.true_found, labels.positives());
  corrected.specificity_interval = *Wilson(labels.false_passed, labels.negatives());
  const double share = found / sampled;
  corrected.share = RoganGladen(share, corrected.sensitivity, corrected.specificity);
  Random random(SeedOf(seed));
  std::vector<double> draws;
  for (int i = 0; i < kDraws; ++i) {
    const double sensitivity =
        random.Binomial(labels.positives(), corrected.sensitivity) / labels.positives();
    const double specificity =
        random.Binomial(labels.negatives(), corrected.specificity) / labels.negatives();
    const double drawn = random.Binomial(sampled, share) / sampled;
    if (sensitivity + specificity - 1 < kLeastSkill / 2) continue;
    draws.push_back(RoganGladen(drawn, sensitivity, specificity));
  }
  std::sort(draws.begin(), draws.end());
  const auto at = [&draws](double q) {
    return draws[static_cast<std::size_t>(std::llround(q * static_cast<double>(draws.size() - 1)))];
  };
  corrected.interval = {at(0.025), at(0.975)};
  return corrected;
}

RuleQuality QualityOf(const Labels& labels) {
  RuleQuality quality;
  quality.found = labels.true_found + labels.false_found;
  quality.right = labels.true_found;
  quality.of = labels.positives();
  quality.precision = Wilson(quality.right, quality.found);
  quality.recall = Wilson(quality.right, quality.of);
  return quality;
}

}  // namespace backcast
