// SPDX-License-Identifier: Apache-2.0
#include "lake/records.h"

#include <algorithm>

namespace backcast {
namespace {

constexpr std::int64_t kSmallRows = 1000;
constexpr std::size_t kSmallFiles = 16;

}  // namespace

const Layout& LoadLayout() {
  static const Layout layout{.table = std::string(kLoadTable),
                             .columns = {{"load_id", "BIGINT"},
                                         {"source", "VARCHAR"},
                                         {"file", "VARCHAR"},
                                         {"sha256", "VARCHAR"},
                                         {"account", "VARCHAR"},
                                         {"rows_read", "BIGINT"},
                                         {"rows_kept", "BIGINT"},
                                         {"rows_refused", "BIGINT"},
                                         {"first_day", "DATE"},
                                         {"last_day", "DATE"},
                                         {"loaded_at", "TIMESTAMP"}},
                             .order = {"load_id"}};
  return layout;
}

const Layout& QuarantineLayout() {
  static const Layout layout{.table = std::string(kQuarantineTable),
                             .columns = {{"load_id", "BIGINT"},
                                         {"source", "VARCHAR"},
                                         {"file", "VARCHAR"},
                                         {"line", "BIGINT"},
                                         {"column", "VARCHAR"},
                                         {"value", "VARCHAR"},
                                         {"reason", "VARCHAR"}},
                             .order = {"load_id", "line"}};
  return layout;
}

Result<Appended> AppendRecords(DuckDb& engine, const Store& store, const Layout& layout,
                               const Snapshot& snapshot, const std::string& select) {
  Appended appended;
  std::vector<const DataFile*> small;
  for (const auto& [path, file] : snapshot.files) {
    if (file.rows < kSmallRows) small.push_back(&file);
  }
  std::string rows = select;
  if (small.size() >= kSmallFiles) {
    rows += " union all select " + ColumnList(layout.columns) + " from " +
            FilesSql(store, layout, snapshot, small);
    for (const DataFile* file : small) appended.remove.push_back(file->path);
  }
  BACKCAST_TRY(appended.add, WriteFiles(engine, store, layout, rows));
  return appended;
}

std::string LoadSelect(const Load& load, const LoadReceipt& receipt, std::int64_t now_ms) {
  std::string from;
  std::string to;
  for (const Change& change : receipt.changes) {
    if (!change.from.empty() && (from.empty() || change.from < from)) from = change.from;
    if (change.to > to) to = change.to;
  }
  const auto day = [](const std::string& iso) {
    return iso.empty() ? std::string("null::date") : "date " + QuoteText(iso);
  };
  return "select " + std::to_string(receipt.load_id) + "::bigint as load_id, " + QuoteText(load.source) +
         " as source, " + QuoteText(load.file) + " as file, " + QuoteText(load.sha256) + " as sha256, " +
         QuoteText(load.account) + " as account, " + std::to_string(load.rows_read) +
         "::bigint as rows_read, " + std::to_string(load.rows_read - load.rows_refused) +
         "::bigint as rows_kept, " + std::to_string(load.rows_refused) + "::bigint as rows_refused, " +
         day(from) + " as first_day, " + day(to) + " as last_day, make_timestamp(" + std::to_string(now_ms) +
         "::bigint * 1000) as loaded_at";
}

Result<std::string> QuarantineSelect(DuckDb& engine, const Load& load, std::int64_t load_id,
                                     const std::vector<Quarantined>& rows) {
  BACKCAST_CHECK(
      engine.Do("create or replace temp table lake_quarantined (line bigint, \"column\" varchar, value "
                "varchar, reason varchar)"));
  RowBatch batch;
  batch.rows = rows.size();
  batch.columns.resize(4);
  for (ColumnBuffer& column : batch.columns) column.present.assign(rows.size(), 1);
  for (const Quarantined& row : rows) {
    batch.columns[0].integers.push_back(row.line);
    batch.columns[1].words.push_back(row.column);
    batch.columns[2].words.push_back(row.value);
    batch.columns[3].words.push_back(row.reason);
  }
  BACKCAST_TRY(auto appender, engine.AppendTo("lake_quarantined"));
  BACKCAST_CHECK(appender.Append(batch));
  BACKCAST_CHECK(appender.Close());
  return "select " + std::to_string(load_id) + "::bigint as load_id, " + QuoteText(load.source) +
         " as source, " + QuoteText(load.file) +
         " as file, line, \"column\", value, reason from lake_quarantined";
}

Result<std::vector<LoadRecord>> ReadLoads(Store& store, const std::string& where) {
  BACKCAST_TRY(const SnapshotPtr snapshot, store.Newest(std::string(kLoadTable)));
  std::vector<LoadRecord> records;
  if (snapshot->files.empty()) return records;
  std::vector<const DataFile*> files;
  for (const auto& [path, file] : snapshot->files) files.push_back(&file);
  BACKCAST_TRY(
      const Table table,
      store.Query(
          "select load_id, source, file, sha256, account, rows_read, rows_refused, rows_kept, "
          "coalesce(first_day::varchar, '') as a, "
          "coalesce(last_day::varchar, '') as b, strftime(loaded_at, '%Y-%m-%dT%H:%M:%SZ') as c from " +
          FilesSql(store, LoadLayout(), *snapshot, files) + " where " + where + " order by load_id"));
  for (std::size_t row = 0; row < table.rows; ++row) {
    const auto number = [&](std::size_t at) {
      return static_cast<std::int64_t>(table.columns[at].numbers[row]);
    };
    const auto word = [&](std::size_t at) { return table.columns[at].words[row]; };
    records.push_back({.load_id = number(0),
                       .load = {word(1), word(2), word(3), word(4), number(5), number(6)},
                       .loaded_at = word(10),
                       .rows_kept = number(7),
                       .from = word(8),
                       .to = word(9)});
  }
  return records;
}

}  // namespace backcast
