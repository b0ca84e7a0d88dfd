// SPDX-License-Identifier: Apache-2.0
// A large load on its way into one fact: rows go into Parquet files as they come, a file per month, so that
// memory does not grow with the load. Ids are numbered on the way. When nothing stands against it these files
// become the lake's own; otherwise a view shows them as a staged table.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/duckdb.h"
#include "facts/schema.h"
#include "lake/files.h"
#include "lake/lake.h"
#include "lake/write/parquet_file.h"

namespace backcast {

/// The finished files of one fact and load.
struct Slices {
  std::unique_ptr<HiddenFolder> folder;
  std::size_t folder_length = 0;  ///< of its path
  std::vector<LakeColumn> columns;
  std::vector<DataFile> files;  ///< `path` is the whole path; ranges and stats as in the lake
  /// Least and greatest value of day and word columns.
  std::map<std::string, std::pair<std::string, std::string>> words;
  std::map<std::string, std::int64_t> nulls;  ///< missing cells by column
  std::map<std::string, std::string> ids;     ///< coded column -> temp table (number, "natural", line)
  std::string source;
  std::int64_t load_id = 0;  ///< written into the rows: what the next load was expected to be
  bool as_staged = true;     ///< the files hold what the view shows, and every month has a file of its own
  bool one_number = true;    ///< every id has one number
  bool no_repeats = false;   ///< no two rows have the same key; false: not known
  std::int64_t rows() const;
};

/// Looks for repeated keys in rows that come day by day: only one day's keys need to be remembered.
class KeyWatch {
 public:
  KeyWatch() = default;
  /// Columns of the key but the day, and the day's.
  KeyWatch(std::vector<std::size_t> columns, std::size_t day)
      : columns_(std::move(columns)), day_(day), certain_(true) {}

  /// `cells` are the columns of the batch, ids as numbers.
  void Watch(const std::vector<const ColumnBuffer*>& cells, std::size_t rows);
  /// No key came twice. False also when it cannot be told: days came back, or two hashes are the same.
  bool certain() const { return certain_; }

 private:
  bool Insert(std::uint64_t hash);

  std::vector<std::size_t> columns_;
  std::size_t day_ = 0;
  bool certain_ = false;
  std::optional<std::int64_t> today_;
  std::set<std::int64_t> days_;
  std::vector<std::uint64_t> slots_;  ///< hashes of today's keys; 0 is free
  std::size_t held_ = 0;
};

class SliceWriter {
 public:
  /// `table` is what the view will be called. Errors: kUnavailable.
  static Result<std::unique_ptr<SliceWriter>> Create(DuckDb& engine, const Fact& fact, std::string table,
                                                     std::string source, const LoadPlace& place);

  /// Takes rows of the fact's staged columns and `line`.
  Result<Done> Append(const RowBatch& batch);
  /// Finishes the files and makes the view. Nothing may be appended after it.
  Result<std::shared_ptr<Slices>> Close();

 private:
  struct Pile {
    std::optional<std::string> month;
    std::vector<ColumnChunk> chunks;
    std::optional<ParquetFile> file;
    std::vector<std::uint32_t> picked;  ///< rows of the batch at hand
  };
  struct Ids {
    std::size_t column = 0;
    DistinctWords words;
    std::vector<std::int64_t> lines;  ///< where each was named first
    std::int64_t before = 0;          ///< numbers given to words that were put away
  };
  SliceWriter(DuckDb& engine, const Fact& fact, std::string table, std::string source,
              const LoadPlace& place);
  void Pick(const RowBatch& batch);
  Pile& PileOf(std::optional<std::int64_t> day);
  Pile& PileNamed(const std::string& name, std::optional<std::string> month);
  Result<Done> Number(const RowBatch& batch);
  Result<Done> PutAway(Ids& ids);
  Result<Done> Write(Pile& pile);
  Result<Done> KeepWithin(std::size_t bytes);

  DuckDb& engine_;
  const Fact& fact_;
  std::string table_;
  std::size_t held_bytes_;
  std::shared_ptr<Slices> slices_;
  std::optional<std::size_t> day_;  ///< the staged column that gives the month
  std::map<std::string, Pile> piles_;
  std::vector<Ids> ids_;
  std::vector<ColumnBuffer> numbered_;        ///< per id column: the batch at hand
  std::vector<const ColumnBuffer*> columns_;  ///< of the batch at hand, ids as numbers
  KeyWatch watch_;
  Pile* last_pile_ = nullptr;
  std::optional<std::int64_t> last_day_;
};

/// Makes the view `table` over slices that a staged table stands for. With `late`, these day columns show
/// `day` where they hold `placeholder`.
Result<Done> ShowSlices(DuckDb& engine, const std::string& table, const Slices& slices,
                        const std::vector<std::string>& late = {}, const std::string& placeholder = "",
                        const std::string& day = "");

/// A FROM item of all rows as they stand in the files: ids as numbers, and `rowid` in the order of arrival.
std::string RawSlices(const Slices& slices);

/// Drops a staged table or view and what belongs to it.
void DropStaged(DuckDb& engine, const Staged& staged);

}  // namespace backcast
