// SPDX-License-Identifier: Apache-2.0
// What is left of values when the level of their row (account and month) and of their column (format) are
// taken away, by medians, so that one viral post moves neither.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace backcast {

/// One value and the two labels it stands under.
struct TwoWayValue {
  std::string row, column;
  double value = 0;
};

struct Polished {
  std::vector<double> residuals;  ///< one per value, in its order
  int rows = 0, columns = 0;      ///< labels that have a level of their own
};

/// Additive levels by median polish (J. W. Tukey, Exploratory Data Analysis, 1977): the medians of rows and
/// of columns are subtracted in turn until no residual moves. A label with fewer than `least` values has no
/// level of its own: such rows share one, and such columns have none. `columns` false: rows alone.
Polished MedianPolish(std::span<const TwoWayValue> values, int least = 5, bool columns = true);

}  // namespace backcast
