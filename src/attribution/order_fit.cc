// SPDX-License-Identifier: Apache-2.0
#include "attribution/order_fit.h"

#include <algorithm>
#include <cmath>

#include "attribution/markov_chain.h"

namespace backcast {
namespace {

/// P(chi-square of `degrees` >= statistic), by the cube root of Wilson and Hilferty (1931).
double ChiSquareTail(double statistic, double degrees) {
  if (degrees <= 0) return 1;
  const double spread = 2 / (9 * degrees);
  const double z = (std::cbrt(std::max(0.0, statistic) / degrees) - (1 - spread)) / std::sqrt(spread);
  return 0.5 * std::erfc(z / std::sqrt(2.0));
}

}  // namespace

std::vector<OrderFit> FitOrders(const Journeys& journeys, int channels, std::size_t most_cells) {
  std::vector<OrderFit> fits;
  for (int order = 1; order <= 3; ++order) {
    const std::optional<MarkovChain> chain = MarkovChain::Of(journeys, channels, order, most_cells);
    if (!chain) break;
    const std::vector<double> counts = chain->Count(journeys);
    double moves = 0;
    for (const double count : counts) moves += count;
    OrderFit fit;
    fit.order = order;
    fit.states = chain->states();
    // The start leads to channels only, every other state to channels and two ends.
    fit.parameters = channels - 1 + static_cast<double>(fit.states - 1) * (channels + 1);
    fit.log_likelihood = chain->LogLikelihood(counts);
    fit.bic = -2 * fit.log_likelihood + fit.parameters * std::log(std::max(1.0, moves));
    if (!fits.empty()) {
      fit.p_value = ChiSquareTail(2 * (fit.log_likelihood - fits.back().log_likelihood),
                                  fit.parameters - fits.back().parameters);
    }
    fits.push_back(fit);
  }
  return fits;
}

int BestOrder(const std::vector<OrderFit>& fits) {
  if (fits.empty()) return 0;
  return std::min_element(fits.begin(), fits.end(),
                          [](const OrderFit& one, const OrderFit& other) { return one.bic < other.bic; })
      ->order;
}

}  // namespace backcast
