// SPDX-License-Identifier: Apache-2.0
// The actions of a Delta log, as far as Backcast writes and reads them: JSON lines in, plain values out, and
// back.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace backcast {

/// A column of a lake table; `type` is DuckDB's name of it ("BIGINT", "DECIMAL(18,4)").
struct LakeColumn {
  std::string name;
  std::string type;
  bool operator==(const LakeColumn&) const = default;
};

/// One Parquet file of a table.
struct DataFile {
  std::string path;  ///< below the table's folder
  std::optional<std::string>
      month;  ///< "2026-03"; absent in tables without months, and for rows without a day
  std::int64_t bytes = 0;
  std::int64_t modified = 0;  ///< milliseconds since 1970
  std::int64_t rows = -1;     ///< negative when the writer did not say
  std::string stats;          ///< JSON as the log has it; may be empty
  /// Least and greatest value by column: integers as they are, days and words as text. Empty when unknown.
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> integers;
  std::map<std::string, std::pair<std::string, std::string>> words;
  std::map<std::string, std::int64_t> nulls;  ///< rows without a value by column; unknown ones are not in it
};

/// Who made a version, and why; what Backcast puts into commitInfo.
struct CommitNote {
  std::int64_t timestamp = 0;  ///< milliseconds since 1970; never smaller than the version before
  std::string operation;       ///< "LOAD", "OPTIMIZE", "RESTORE", or a foreign writer's word
  bool ours = false;
  std::int64_t load_id = 0;
  /// Only in the table `load`: the version of every other table that belongs to this state of the lake.
  std::map<std::string, std::int64_t> tables;
};

struct Metadata {
  std::string id;  ///< empty: no such table yet
  std::string name;
  std::vector<LakeColumn> columns;  ///< without `month`
  bool by_month = false;
  bool evolved = false;  ///< some files may lack some columns
  std::int64_t created = 0;
};

/// What one version changes.
struct Actions {
  CommitNote note;
  std::optional<Metadata> metadata;  ///< with it goes the protocol
  std::vector<DataFile> add;
  std::vector<std::pair<std::string, std::int64_t>> remove;  ///< path, deletion time
  bool data_change = true;
};

/// The lines of a log file of a table with or without months.
std::string ToJson(const Actions& actions, bool by_month);

/// Reads one line of a log file, or one row of a checkpoint, into `actions`. Unknown actions are skipped, as
/// the protocol asks. Errors: kInput for damaged lines, features this version does not know, and paths that
/// leave the table.
Result<Done> ParseAction(std::string_view line, Actions& actions);

/// The stats of a data file as the log has them, read into rows, integers and words.
void ParseStats(std::string_view json, DataFile& file);

/// The protocol, metaData, add or remove action alone, for checkpoints.
std::string ProtocolJson(const Metadata& metadata);
std::string MetadataJson(const Metadata& metadata);
std::string AddJson(const DataFile& file, bool by_month, bool data_change);
std::string RemoveJson(const std::string& path, std::int64_t deleted, bool data_change);

/// The stats JSON of a file from its parts; `nulls` by column.
std::string StatsJson(const DataFile& file, const std::map<std::string, std::int64_t>& nulls);

}  // namespace backcast
