// SPDX-License-Identifier: Apache-2.0
// A share that a rule of thumb found, put right by what people said who looked. Pure. METHODS 1 and 8.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "measure/interval.h"

namespace backcast {

/// Hand labels against the rule: how many of each.
struct Labels {
  double true_found = 0, true_missed = 0, false_found = 0, false_passed = 0;

  double positives() const { return true_found + true_missed; }
  double negatives() const { return false_found + false_passed; }
  double all() const { return positives() + negatives(); }
};

struct CorrectedShare {
  double sensitivity = 0, specificity = 0;
  Interval sensitivity_interval, specificity_interval;  ///< Wilson
  double share = 0;                                     ///< of the sample, in [0, 1]
  Interval interval;  ///< 95 %, chance of the sample and of the labels together
};

/// p = (a + spec - 1) / (sens + spec - 1), W. J. Rogan, B. Gladen, American Journal of Epidemiology 107
/// (1978), cut to [0, 1]; a = found / sampled. Interval: 2,000 draws of sample and labels from their own
/// shares (parametric bootstrap), percentiles; the seed comes from `seed`, so the same question has the same
/// answer. Refused as too little: under `least` labels, under 10 of either kind, a rule that is hardly better
/// than a coin (sens + spec - 1 below 0.1).
Result<CorrectedShare> CorrectShare(double found, double sampled, const Labels& labels, int least,
                                    std::string_view seed);

/// Of those that a rule found, how many are what it says; and of those that are, how many it found. Nothing
/// where there is none of the first.
struct RuleQuality {
  double found = 0, right = 0, of = 0;
  std::optional<Interval> precision, recall;  ///< Wilson
};
RuleQuality QualityOf(const Labels& labels);

}  // namespace backcast
