// SPDX-License-Identifier: Apache-2.0
// Tails and quantiles of the distributions that tests are made of (Boost.Math behind one door, as
// quantiles.h).
#pragma once

namespace backcast {

/// z with P(Z <= z) = p for a standard normal Z, 0 < p < 1.
double NormalQuantile(double p);
/// P(|Z| >= |z|).
double NormalTwoSided(double z);
/// P(|T| >= |t|) for Student's t with `degrees` > 0 degrees of freedom.
double StudentTwoSided(double t, double degrees);
/// x with P(X <= x) = p for chi-square with `degrees` > 0 degrees of freedom.
double ChiSquareQuantile(double p, double degrees);

}  // namespace backcast
