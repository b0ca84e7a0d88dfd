// SPDX-License-Identifier: Apache-2.0
// Lifetime counters, read again and again, say what happened in between: what comes in are the rows of a fact
// of readings, what goes out are daily rows.
#pragma once

#include <string>

#include "facts/schema.h"

namespace backcast {

/// Days between two readings over which a difference is still spread. Further apart, the days in between are
/// unknown: most of a post's life falls into its first days, and an even spread would invent the rest.
inline constexpr int kLongestGap = 31;

/// A SELECT with the columns of `fact` and its lineage: the rows delivered as days, from the table or view
/// `delivered`, and for posts without any the differences between the readings of `readings`.
///
/// A difference is the later reading minus the one before, spread evenly over the days after the earlier one,
/// the rest on the last day: `derivation` is "delta" for one day, "gap" for several. A counter that fell
/// gives a negative number and `correction`. A counter missing at one end stays missing. What a post had at
/// its first reading counts from the day of publication when the account was read before that; else it is the
/// opening, which belongs to no day and stays in the readings. So per post and counter, opening + days = last
/// reading. Two exports of different posts (each with its own months) are no readings of one another: a first
/// reading counts only when at least half of the account's posts of the reading before were read again. Why
/// so: docs/decisions/0005-readings.md.
std::string DaysFromReadings(const Fact& fact, const Fact& readings, const std::string& delivered);

}  // namespace backcast
