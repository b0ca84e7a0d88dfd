// SPDX-License-Identifier: Apache-2.0
#include "lake/checkpoint.h"

#include <algorithm>
#include <cstdio>

#include "lake/files.h"
#include "sql/dialect.h"

namespace backcast {
namespace {

/// The columns of a checkpoint, as DuckDB reads them from JSON lines.
constexpr std::string_view kColumns =
    "{txn: 'STRUCT(appId VARCHAR, version BIGINT, lastUpdated BIGINT)', "
    "protocol: 'STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER, readerFeatures VARCHAR[], "
    "writerFeatures VARCHAR[])', "
    "metaData: 'STRUCT(id VARCHAR, name VARCHAR, description VARCHAR, format STRUCT(provider VARCHAR, "
    "options MAP(VARCHAR, VARCHAR)), "
    "schemaString VARCHAR, partitionColumns VARCHAR[], createdTime BIGINT, configuration MAP(VARCHAR, "
    "VARCHAR))', "
    "add: 'STRUCT(path VARCHAR, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT, modificationTime BIGINT, "
    "dataChange BOOLEAN, "
    "stats VARCHAR, tags MAP(VARCHAR, VARCHAR))', "
    "remove: 'STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN)'}";

/// Other programs' vacuum needs to know of removed files for a while; ours also finds them by their age.
constexpr std::int64_t kRememberRemoved = std::int64_t{8} * 86'400'000;

std::string Lines(const Snapshot& snapshot) {
  std::string lines = ProtocolJson(snapshot.metadata) + "\n" + MetadataJson(snapshot.metadata) + "\n";
  for (const auto& [path, file] : snapshot.files)
    lines += AddJson(file, snapshot.metadata.by_month, false) + "\n";
  for (const auto& [path, deleted] : snapshot.removed) {
    if (deleted + kRememberRemoved > snapshot.note.timestamp)
      lines += RemoveJson(path, deleted, false) + "\n";
  }
  return lines;
}

}  // namespace

Result<Done> WriteCheckpoint(DuckDb& engine, const Store& store, const std::string& table,
                             const Snapshot& snapshot) {
  const std::string log = store.TableFolder(table) + "/_delta_log/";
  const std::string lines = log + "." + UniqueName() + ".jsonl";
  const std::string hidden = log + "." + UniqueName() + ".tmp";
  const std::string text = Lines(snapshot);
  BACKCAST_CHECK(Replace(lines, text));
  auto copied = engine.Do("copy (select * from read_json(" + QuoteText(lines) +
                          ", format = 'newline_delimited', columns = " + std::string(kColumns) + ")) to " +
                          QuoteText(hidden) + " (format parquet, compression zstd, use_tmp_file false)");
  std::remove(lines.c_str());
  if (!copied.ok()) {
    std::remove(hidden.c_str());
    return copied.error();
  }
  BACKCAST_CHECK(Settle(hidden, store.CheckpointPath(table, snapshot.version)));
  return Replace(log + "_last_checkpoint",
                 "{\"version\":" + std::to_string(snapshot.version) +
                     ",\"size\":" + std::to_string(std::count(text.begin(), text.end(), '\n')) + "}");
}

Result<Done> Store::ApplyCheckpoint(const std::string& table, std::int64_t version, Snapshot& snapshot) {
  const std::string path = CheckpointPath(table, version);
  BACKCAST_TRY(const Table rows, Query("select to_json({'protocol': protocol, 'metaData': metaData, 'add': "
                                       "\"add\", 'remove': remove})::varchar as line "
                                       "from read_parquet(" +
                                       QuoteText(path) + ")"));
  Actions actions;
  for (const std::string& line : rows.columns[0].words) {
    if (auto parsed = ParseAction(line, actions); !parsed.ok()) {
      Error error = parsed.error();
      error.where = path;
      return error;
    }
  }
  if (Has(table, version)) {
    BACKCAST_TRY(actions.note, Note(table, version));
  }
  snapshot.Apply(actions, version);
  return Done{};
}

}  // namespace backcast
