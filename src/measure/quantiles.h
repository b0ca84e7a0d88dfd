// SPDX-License-Identifier: Apache-2.0
// Quantiles of the distributions that intervals are made of (Boost.Math behind one door).
#pragma once

namespace backcast {

/// Two-sided critical value of Student's t: P(|T| <= result) = level, for `degrees` >= 1 degrees of freedom.
double StudentCritical(double level, double degrees);

}  // namespace backcast
