// SPDX-License-Identifier: Apache-2.0
// The open lake: every canonical fact is a Delta Lake table (Parquet files and a JSON log) that Backcast
// writes. A commit is a new numbered log file created atomically, so several processes work at once, every
// reader sees one version, and kill -9 at any moment leaves the last version whole.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "engine/duckdb.h"
#include "facts/schema.h"

namespace backcast {

/// One load: one table of one file.
struct Load {
  std::string source;   ///< id of the layout
  std::string file;     ///< name as the user knows it, relative to the workspace
  std::string sha256;   ///< of the file's bytes
  std::string account;  ///< may be empty
  std::int64_t rows_read = 0;
  std::int64_t rows_refused = 0;
};

/// A row that could not be kept, for the quarantine table.
struct Quarantined {
  std::int64_t line = 0;
  std::string column;
  std::string value;  ///< masked, at most 200 bytes
  std::string reason;
};

/// Rows waiting for a commit: temporary table `table` of the engine has the fact's columns in order (kCode
/// and, for a dimension, the first column `natural`, as VARCHAR natural ids), then `line` BIGINT. For two
/// rows of one key the later row wins.
struct Slices;
struct Staged {
  std::string fact;
  std::string table;
  std::shared_ptr<const Slices> slices;  ///< of a large load: `table` is a view over these files
};

/// Where a load that is about to be read may leave its rows, and what it will be called unless another one
/// comes first.
struct LoadPlace {
  std::string folder;
  std::int64_t load_id = 0;
  std::size_t held_bytes = 48 << 20;  ///< of rows, and of ids, that one fact keeps in memory meanwhile
};

/// What a commit did to one fact. new_rows + unchanged + restated + repeated = staged rows.
struct Change {
  std::string fact;
  std::int64_t new_rows = 0;
  std::int64_t unchanged = 0;
  std::int64_t restated = 0;
  std::int64_t repeated = 0;  ///< a later row of the same file had the same key
  std::map<std::string, double>
      restated_by;       ///< column -> sum of (new - old), for countable columns that changed
  std::string from, to;  ///< first and last day of the staged rows, ISO; empty when undated
};

struct LoadReceipt {
  std::int64_t load_id = 0;
  std::vector<Change> changes;
};

/// A load that is on record.
struct LoadRecord {
  std::int64_t load_id = 0;
  Load load;
  std::string loaded_at;  ///< ISO instant, UTC
  std::int64_t rows_kept = 0;
  std::string from, to;
};

/// What the files of a table say of themselves, taken together; a column on which one of them is silent is in
/// none of the maps.
struct TableStatistics {
  std::int64_t rows = 0;
  /// Least and greatest value by column; days as ISO text. Other programs may cut long words short.
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> integers;
  std::map<std::string, std::pair<std::string, std::string>> words;
  std::set<std::string> missing;  ///< columns without any value
  /// Columns that may lack a value in some row; a file that is silent about a column counts as one.
  std::set<std::string> with_gaps;
};

/// Statistics of the attached tables by id, at the attached version. A table that is more than its files
/// (days worked out from readings), or whose files do not tell their rows, is not in it.
using LakeStatistics = std::map<std::string, TableStatistics>;

/// The clock that stamps versions; tests bring their own.
using Clock = std::function<std::chrono::system_clock::time_point()>;

class Store;

/// Thread-safe, as long as each thread brings its own engine.
class Lake {
 public:
  /// Opens or creates the lake in `folder`. An engine that works on it is opened with this folder, spelled
  /// the same way, among DuckDbOptions.folders. Errors: kUnavailable, kInput (a lake of a newer protocol).
  static Result<Lake> Open(std::string folder, const Schemas& schemas,
                           Clock clock = std::chrono::system_clock::now);

  /// Makes every fact and dimension readable in `engine` as a view of its id, all at the newest version, or
  /// as they stood at the end of `as_of` (UTC day). Facts without rows become empty views with the right
  /// columns. All views show the same loads: one that is being committed, or broke off, is in none of them.
  /// The tables `load` and `quarantine` become views too. Errors: kUnavailable when that day is no longer
  /// kept.
  Result<LakeStatistics> Attach(DuckDb& engine, std::optional<Day> as_of = std::nullopt) const;

  /// For SliceWriter.
  Result<LoadPlace> NextPlace() const;

  /// Commits staged rows and the load record: dimensions first, then facts, then the load; upsert by natural
  /// key. A crash in between leaves whole versions, and repeating the load completes it. Waits for other
  /// writers. Errors: kUnavailable, kInterrupted; nothing of a fact is half-written.
  Result<LoadReceipt> Commit(DuckDb& engine, const Load& load, const std::vector<Staged>& staged,
                             const std::vector<Quarantined>& quarantined);

  /// The newest record of a file with this content, if any.
  Result<std::optional<LoadRecord>> FindLoad(std::string_view sha256) const;
  /// Every record of a file with this content, newest first: a file of several tables has one for each.
  Result<std::vector<LoadRecord>> FindLoads(std::string_view sha256) const;
  /// Every record, oldest first.
  Result<std::vector<LoadRecord>> Loads() const;

  /// Merges small files of each month. Readers and as-of views are not affected.
  Result<Done> Compact(DuckDb& engine);
  /// Deletes files that no version younger than `keep_days` needs, and leftovers of killed writers older than
  /// a day.
  Result<std::int64_t> Vacuum(int keep_days);

  const std::string& folder() const;

 private:
  Lake(std::shared_ptr<Store> store, const Schemas& schemas);
  std::shared_ptr<Store> store_;
  Schemas schemas_;
};

}  // namespace backcast
