// SPDX-License-Identifier: Apache-2.0
// Staged rows seen as rows of the lake: repeats settled, natural ids replaced by numbers, lineage added.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lake/lake.h"
#include "lake/parquet.h"

namespace backcast {

/// What one look over a staged table tells.
struct Incoming {
  std::string select;  ///< yields the layout's columns, one row per key
  std::int64_t staged = 0;
  std::int64_t repeated = 0;
  std::int64_t fresh_unstaged = 0;  ///< rows of `select` that come from codes alone
  bool ready = false;               ///< the staged files hold just these rows, in the layout's columns
  std::set<std::string> missing;    ///< columns without any value
  std::set<std::string> with_gaps;  ///< columns with at least one missing value
  std::map<std::string, std::pair<std::int64_t, std::int64_t>>
      integers;  ///< ranges of coded and counted key columns
  std::map<std::string, std::pair<std::string, std::string>>
      words;                                       ///< ranges of the day and of text key columns
  std::vector<std::optional<std::string>> months;  ///< of the staged rows, ascending
  std::vector<std::int64_t> month_rows;            ///< staged, per month
};

/// REQUIRES: Code() for every dimension that the fact names, and for itself.
Result<Incoming> Look(DuckDb& engine, const Fact& fact, const Layout& layout, const Staged& staged,
                      const Load& load, std::int64_t load_id);

}  // namespace backcast
