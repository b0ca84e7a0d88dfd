// SPDX-License-Identifier: Apache-2.0
// How many touches back the journeys remember: chains of order 1 to 3 compared.
#pragma once

#include <optional>
#include <vector>

#include "attribution/journeys.h"

namespace backcast {

/// One order against the others. Free chances: per state seen one less than the moves that are possible
/// there.
struct OrderFit {
  int order = 0;
  std::size_t states = 0;
  double parameters = 0;
  double log_likelihood = 0;
  double bic = 0;  ///< -2 log-likelihood + parameters * log(moves); the least is the best
  std::optional<double>
      p_value;  ///< likelihood ratio against the order before: could chance explain the gain?
};

/// Orders 1, 2, 3 as far as their counts fit `most_cells` cells. G. Schwarz, Ann. Stat. 6 (1978); T. W.
/// Anderson, L. A. Goodman, Ann. Math. Stat. 28 (1957). With many states seen rarely the p-value is too
/// small; trust the BIC.
std::vector<OrderFit> FitOrders(const Journeys& journeys, int channels, std::size_t most_cells);

/// The order of least BIC; 0 when nothing was fitted.
int BestOrder(const std::vector<OrderFit>& fits);

}  // namespace backcast
