// SPDX-License-Identifier: Apache-2.0
// Intervals of shares, counts and costs per event (METHODS 1).
#pragma once

namespace backcast {

struct Interval {
  double low = 0, high = 0;
};

/// Share of `successes` out of n > 0, 0 <= successes <= n (Wilson 1927, score interval).
Interval WilsonInterval(double successes, double n, double level = 0.95);

/// Mean of a Poisson count (Garwood 1936, exact).
Interval PoissonInterval(double count, double level = 0.95);

}  // namespace backcast
