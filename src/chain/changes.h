// SPDX-License-Identifier: Apache-2.0
// Declared changes put to the test: did the number move as was expected before the data, and do people talk
// about it (METHODS 4)?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chain/claim.h"
#include "chain/daily_series.h"
#include "chain/declared.h"
#include "measure/before_after.h"

namespace backcast {

/// A declared change and the days of what should move.
struct ChangeQuestion {
  DeclaredChange change;
  std::string title;   ///< of the metric
  DailySeries metric;  ///< empty: no number; then `missing` says why
  DailySeries echo;
  std::string missing, echo_missing;
};

/// What one number did.
struct ChangeFinding {
  std::string metric;
  BeforeAfter test;
  double effect = 0, low = 0, high = 0;  ///< relative to before the change, 95 %
  std::string because;                   ///< one sentence for cannot tell
  Day from{};                            ///< first day that should be different: the change and its lag
};

struct ChangeAnswer {
  DeclaredChange change;
  ChangeFinding expected;
  std::optional<ChangeFinding> echo;
  std::vector<Claim> claims;
};

/// The word of the contract: "changed", "changed_against", "no_change_shown", "cannot_tell".
std::string_view ToWord(BeforeAfter::Verdict verdict);

/// Every change against its own expectation. It cannot be told when another change that should move the same
/// metric lies within the days looked at after this one, or with fewer than ten events a week; at most twelve
/// weeks after and a year before are looked at.
std::vector<ChangeAnswer> TestChanges(const std::vector<ChangeQuestion>& questions);

}  // namespace backcast
