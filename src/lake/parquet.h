// SPDX-License-Identifier: Apache-2.0
// Rows of a table as Parquet files: how to read a set of them in SQL, and how to write new ones.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/duckdb.h"
#include "facts/schema.h"
#include "lake/store.h"

namespace backcast {

/// How a table lies in the lake: what its log says, or will say after its first commit.
struct Layout {
  std::string table;
  std::vector<LakeColumn> columns;  ///< lineage last, unless the log knows columns that the fact has no more
  std::string day;                  ///< column that gives the month; empty: one unpartitioned pile
  std::vector<std::string> key;     ///< natural key; empty for tables that are only appended to
  std::vector<std::string> order;   ///< columns that sort a file
};

/// The layout of a fact or dimension, keeping columns that older versions of the fact had.
/// Errors: kInput when a column of the lake has another type than the fact says.
Result<Layout> LayoutOf(const Fact& fact, const Snapshot& snapshot);

/// The metaData that the next commit must write: absent when the log's is right already.
std::optional<Metadata> NewMetadata(const Layout& layout, const Snapshot& snapshot, std::int64_t now);

/// A FROM item with the layout's columns over these files; with `positions` also `filename` and
/// `file_row_number`. Works for no files at all.
std::string FilesSql(const Store& store, const Layout& layout, const Snapshot& snapshot,
                     const std::vector<const DataFile*>& files, bool positions = false);

/// A path as a text for read_parquet, which takes [, * and ? for patterns.
std::string FileLiteral(const std::string& path);

/// Column names, quoted, with a prefix like "s.".
std::string ColumnList(const std::vector<LakeColumn>& columns, std::string_view prefix = "");

/// Whether rows are sorted before they are written. Sorting costs about half as much as writing, and a large
/// export comes by day already; small files and merged ones are always sorted.
enum class Sorting : std::uint8_t { kSort, kAsTheyCome };

/// Writes the rows of `select` (the layout's columns) as new files, one per month; complete and
/// durable, but in no version yet. Errors: kUnavailable, kInterrupted; then nothing is left behind.
Result<std::vector<DataFile>> WriteFiles(DuckDb& engine, const Store& store, const Layout& layout,
                                         const std::string& select, Sorting sorting = Sorting::kSort);

/// Gives finished files (whole paths) a place in the table; each keeps its month, ranges and counts. Errors
/// as of WriteFiles.
Result<std::vector<DataFile>> TakeFiles(const Store& store, const Layout& layout,
                                        std::vector<DataFile> files);

/// Removes files that WriteFiles made and no version took.
void Discard(const Store& store, const Layout& layout, const std::vector<DataFile>& files);

}  // namespace backcast
