// SPDX-License-Identifier: Apache-2.0
// The arithmetic of backing out: a needed change of a product shared out over its factors (PLAN 4).
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace backcast {

struct BackoutFactor {
  double current = 0;           ///< > 0
  double weight = 0.05;         ///< > 0: how far its owner controls it
  double cap = 0;               ///< largest believable relative change, >= 0
  double log_se = 0;            ///< standard error of ln(current)
  std::optional<double> fixed;  ///< what-if: its value is set, > 0
};

struct BackoutShare {
  double needed = 0;
  double log_change = 0;     ///< ln(needed / current)
  bool at_limit = false;     ///< the cap holds it
  double low = 0, high = 0;  ///< 95 % interval of `needed`, from the errors of all current values
};

struct BackoutResult {
  std::vector<BackoutShare> shares;
  double needed_log = 0;      ///< ln(target / current product)
  double missing_factor = 1;  ///< target / reached: above 1 where the caps end before a higher target
  double reached = 0;         ///< closure times the product of all needed values
  double low = 0,
         high = 0;  ///< 95 % interval of the product in one period in which all needed values are held
};

/// Minimises sum x_i^2 / w_i subject to sum x_i = needed_log and 0 <= x_i <= ln(1 + cap_i) by water filling:
/// each free factor takes its weight's share, those beyond their cap are held there, and the rest is shared
/// again. A target below the current product is shared out in the same way downward. Fixed factors come
/// first. The errors of the current values are carried through to first order; one period's own spread is
/// `period_log_sd` with `degrees` degrees of freedom (Student's t), beside `closure_log_se`, the error of the
/// closing factor.
BackoutResult ShareOut(std::span<const BackoutFactor> factors, double closure, double closure_log_se,
                       double target, double period_log_sd, double degrees);

}  // namespace backcast
