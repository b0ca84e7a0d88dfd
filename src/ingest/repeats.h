// SPDX-License-Identifier: Apache-2.0
// Rows of one file that share the key of their fact though each counts something of its own: a report that is
// broken down by more than is read, or two campaigns of one name.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "engine/duckdb.h"
#include "facts/schema.h"
#include "lake/lake.h"

namespace backcast {

struct Repeats {
  std::int64_t added = 0;  ///< rows that went into another row of their key
  bool people_lost =
      false;  ///< counts of people stood in such rows; people are not added, so they are missing now
};

/// Adds up the rows of `staged`, rows of `fact`, that share its key: what can be added is summed, of the rest
/// the last line stands. When there are such rows `staged` becomes a table of the sums.
Result<Repeats> AddRepeats(DuckDb& engine, const Fact& fact, Staged& staged);

}  // namespace backcast
