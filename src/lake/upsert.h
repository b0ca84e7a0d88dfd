// SPDX-License-Identifier: Apache-2.0
// Upsert by natural key as copy-on-write: new keys become new files, files with restated keys are written
// anew, rows that say nothing new touch nothing.
#pragma once

#include <string>
#include <vector>

#include "lake/lake.h"
#include "lake/parquet.h"

namespace backcast {

/// What an upsert wants the next version to be. Files in `add` are on disk, in no version yet.
struct Upsert {
  Change change;
  std::int64_t fresh_unstaged = 0;  ///< new rows of a dimension that only facts named
  std::vector<DataFile> add;
  std::vector<std::string> remove;
};

/// Compares staged rows with the snapshot and writes the files that the next version needs. Codes must have
/// been given for every dimension that the fact names. Columns without any value in the staged table keep old
/// values; in a dimension every missing value does.
Result<Upsert> PrepareUpsert(DuckDb& engine, const Store& store, const Schemas& schemas,
                             const Snapshot& snapshot, const Staged& staged, const Load& load,
                             std::int64_t load_id);

}  // namespace backcast
