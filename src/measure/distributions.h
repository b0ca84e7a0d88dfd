// SPDX-License-Identifier: Apache-2.0
// Quantiles and tails of the distributions behind counts, shares and decisions (Boost.Math behind one door).
// Arguments outside the stated ranges are bugs of the caller: the doors that take them from data check first.
#pragma once

namespace backcast {

/// Whether `level` can be the level of a two-sided interval: strictly between 0 and 1.
constexpr bool IsLevel(double level) { return level > 0 && level < 1; }

/// The value a standard normal stays below with this probability, 0 < probability < 1.
double NormalQuantile(double probability);

/// Two-sided critical value of the standard normal: P(|Z| <= result) = level.
double NormalCritical(double level);

/// The value a chi-square variable with `degrees` > 0 stays below with this probability, 0 <= probability
/// < 1.
double ChiSquareQuantile(double probability, double degrees);

/// The smallest k with P(X <= k) >= probability, X binomial of `trials` >= 0 with chance 0 < chance < 1.
int BinomialQuantile(double probability, int trials, double chance);

/// P(X <= successes), X binomial of `trials` >= 0 with chance 0 < chance < 1; 0 below zero.
double BinomialAtMost(int successes, int trials, double chance);

/// P(X <= at), X of a beta distribution with both shapes > 0, 0 <= at <= 1.
double BetaAtMost(double at, double first_shape, double second_shape);

/// The value such a variable stays below with this probability, 0 <= probability <= 1.
double BetaQuantile(double probability, double first_shape, double second_shape);

/// Two-sided critical value of Student's t: P(|T| <= result) = level, for `degrees` >= 1 degrees of freedom.
double StudentCritical(double level, double degrees);

/// P(|T| >= |statistic|) of Student's t with `degrees` > 0.
double StudentTwoSidedP(double statistic, double degrees);

}  // namespace backcast
