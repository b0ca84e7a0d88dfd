// SPDX-License-Identifier: Apache-2.0
// Credit beside what a test allows: how much of it stays within the upper limit that hold-outs set, and how
// much is set aside. The credit itself is left as it is.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "attribution/credit.h"

namespace backcast {

/// The most that channels caused together, by a test.
struct CreditCap {
  std::string source;         ///< the experiment
  std::vector<int> channels;  ///< whose credit it caps together
  double most = 0;            ///< conversions, >= 0: the upper limit of the test's interval
};

/// One channel's credit in two parts that sum to it; the value is parted as the conversions are.
struct CappedCredit {
  double credit = 0, value = 0;
  double set_aside = 0, value_set_aside = 0;
  int cap = -1;  ///< the cap that set it aside; -1: nothing is
};

/// By channel of the model. Channels of one cap lose the same part of their credit; of several caps on one
/// channel the strictest counts, so that no cap is passed. Channels that a model merged are not told apart
/// and keep their credit.
std::vector<CappedCredit> CapCredit(const ModelCredit& model, std::span<const CreditCap> caps);

}  // namespace backcast
