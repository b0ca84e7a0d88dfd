// SPDX-License-Identifier: Apache-2.0
// Rows of one file that share the key of their fact though each counts something of its own: a report that is
// broken down by more than is read, or two campaigns of one name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/duckdb.h"
#include "facts/schema.h"

namespace backcast {

struct Repeats {
  std::int64_t added = 0;  ///< rows that went into another row of their key
  bool people_lost =
      false;  ///< counts of people stood in such rows; people are not added, so they are missing now
};

/// Adds up the rows of `table`, the staged rows of `fact`, that share its key: what can be added is summed,
/// of the rest the last line stands. `kind` is what bears that name, a table or a view; a table when rows
/// were added.
Result<Repeats> AddRepeats(DuckDb& engine, const Fact& fact, const std::string& table,
                           std::string_view kind = "table");

}  // namespace backcast
