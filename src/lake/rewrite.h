// SPDX-License-Identifier: Apache-2.0
// Taking something out of every version of the lake. What comes in are conditions on rows; what goes out is
// the same lake, version by version, without them, put in place of the old one in one step.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "engine/duckdb.h"
#include "lake/lake.h"

namespace backcast {

/// What is taken out of one table; the expressions are SQL over the table's columns.
struct TableEdit {
  std::string table;
  std::string remove;                                        ///< rows for which this holds go; empty: none
  std::vector<std::pair<std::string, std::string>> replace;  ///< column, what it holds from now on
  std::string
      touches;  ///< holds for every row that goes or changes; it alone decides which files are read anew
};

/// What was, or would be, done to one table over all versions that are kept.
struct TableRewritten {
  std::string table;
  std::int64_t files = 0;  ///< written anew
  std::int64_t rows = 0;   ///< touched, in all of them; a row that several versions hold counts for each
};

/// Makes a view "ever <table>" in the engine for every table of the lake in `folder`: each row that any kept
/// version holds, as often as files hold it, in the columns of the newest version.
Result<Done> AttachEver(DuckDb& engine, const std::string& folder, const Schemas& schemas);

/// Takes the edits out of every kept version. Builds the lake anew beside the old one - files without a
/// touched row keep their bytes, logs name the new files with their own statistics - and exchanges the two
/// folders in one step. Killed before that, the old lake stands; killed after it, the new one, and what is
/// left of the old one goes with the next writer. Waits for other writers. Views of the engine are to be
/// attached anew; it may write in the folder that holds the lake's. `dry_run` says what would be done.
/// Errors: kUnavailable; then nothing has changed.
Result<std::vector<TableRewritten>> RewriteLake(DuckDb& engine, const std::string& folder,
                                                const Schemas& schemas, const std::vector<TableEdit>& edits,
                                                bool dry_run);

/// The folder beside the lake in which a lake is built anew, and which holds the old one for a moment after.
inline std::string BesideLake(const std::string& folder) { return folder + ".anew"; }

}  // namespace backcast
