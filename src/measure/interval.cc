// SPDX-License-Identifier: Apache-2.0
#include "measure/interval.h"

#include <algorithm>
#include <cmath>

#include "measure/tails.h"

namespace backcast {

Interval WilsonInterval(double successes, double n, double level) {
  const double z = NormalQuantile(0.5 + level / 2), p = successes / n, z2 = z * z;
  const double scale = 1 + z2 / n, centre = (p + z2 / (2 * n)) / scale;
  const double half = z * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / scale;
  return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

Interval PoissonInterval(double count, double level) {
  const double tail = (1 - level) / 2;
  return {count <= 0 ? 0 : ChiSquareQuantile(tail, 2 * count) / 2,
          ChiSquareQuantile(1 - tail, 2 * count + 2) / 2};
}

}  // namespace backcast
