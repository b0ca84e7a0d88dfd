// SPDX-License-Identifier: Apache-2.0
// How much the ad platforms changed conversions of past days in later exports: what was known then beside
// what is known now, by the age that a day had when it was read.
#pragma once

#include <string>
#include <vector>

#include "desk/ready.h"

namespace backcast {

/// Days of one platform that had an age from..to when they were read.
struct RestatedAge {
  std::string platform;
  int from = 0, to = 0;      ///< days between the day and the export
  int days = 0;              ///< days and exports compared
  double then = 0, now = 0;  ///< conversions
};

struct RestatedClaims {
  std::vector<RestatedAge> ages;
  int exports = 0;    ///< days on which ad exports were read, the newest too
  std::string needs;  ///< why there is nothing to compare; empty when there is
};

/// The last few days on which ad exports were read, each with the sixty days before it. Opens the lake anew
/// for each, so `workspace` is at the newest version afterwards. Errors: those of Prepare.
Result<RestatedClaims> ReadRestatedClaims(Workspace& workspace, const Ready& ready,
                                          const ScoreOptions& options, Talk& talk);

}  // namespace backcast
