// SPDX-License-Identifier: Apache-2.0
// Seeded series for the tests of this room.
#pragma once

#include <cmath>
#include <vector>

#include "measure/random.h"

namespace backcast {

/// An autoregressive series of n values with this memory and standard deviation.
inline std::vector<double> Wander(Random& random, int n, double memory, double sd) {
  std::vector<double> values;
  double level = sd * random.Normal();
  for (int i = 0; i < n; ++i) {
    level = memory * level + sd * std::sqrt(1 - memory * memory) * random.Normal();
    values.push_back(level);
  }
  return values;
}

}  // namespace backcast
