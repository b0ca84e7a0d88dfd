// SPDX-License-Identifier: Apache-2.0
#include "state/schema.h"

#include <array>
#include <charconv>

namespace backcast {
namespace {

/// Step n makes schema n out of schema n - 1. A step that has shipped is never edited.
constexpr std::array<std::string_view, 5> kSteps = {
    R"sql(
CREATE TABLE plan_text(sha256 TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE plan_revision(number INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL, seen_at TEXT NOT NULL,
  version INTEGER NOT NULL, revised_on TEXT NOT NULL, revised_by TEXT NOT NULL, because TEXT NOT NULL);
)sql",
    R"sql(
CREATE TABLE accepted_finding(id INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, node TEXT NOT NULL,
  because TEXT NOT NULL, accepted_by TEXT NOT NULL, by_from TEXT NOT NULL, accepted_on TEXT NOT NULL,
  plan_version INTEGER NOT NULL, until TEXT NOT NULL, withdrawn_because TEXT NOT NULL DEFAULT '',
  withdrawn_by TEXT NOT NULL DEFAULT '', withdrawn_by_from TEXT NOT NULL DEFAULT '',
  withdrawn_on TEXT NOT NULL DEFAULT '');
CREATE UNIQUE INDEX one_stands ON accepted_finding(rule, node) WHERE withdrawn_by = '';
)sql",
    R"sql(
CREATE TABLE decision(id INTEGER PRIMARY KEY AUTOINCREMENT, node TEXT NOT NULL, seen TEXT NOT NULL,
  decided TEXT NOT NULL, decided_by TEXT NOT NULL, by_from TEXT NOT NULL, decided_at TEXT NOT NULL);
)sql",
    R"sql(
CREATE TABLE label_version(version TEXT PRIMARY KEY, seen_at TEXT NOT NULL) WITHOUT ROWID;
)sql",
    R"sql(
CREATE TABLE forgotten(mark TEXT PRIMARY KEY, forgotten_on TEXT NOT NULL) WITHOUT ROWID;
)sql"};

/// 0 for an empty file, -1 for a file with tables of another program.
Result<int> SchemaOf(Database& database) {
  BACKCAST_TRY(const auto tables, database.Run("SELECT count(*), coalesce(sum(name = 'schema_version'), 0) "
                                               "FROM sqlite_master WHERE type = 'table'"));
  if (tables[0][0] == "0") return 0;
  if (tables[0][1] == "0") return -1;
  BACKCAST_TRY(const auto rows, database.Run("SELECT coalesce(max(version), 0) FROM schema_version"));
  int version = -1;
  std::from_chars(rows[0][0].data(), rows[0][0].data() + rows[0][0].size(), version);
  return version;
}

}  // namespace

int NewestStateSchema() { return static_cast<int>(kSteps.size()); }

Result<Done> BringUpToDate(Database& database, const std::string& path) {
  const int newest = NewestStateSchema();
  const auto judge = [&](int schema) -> Result<Done> {
    if (schema < 0) {
      return Error{Code::kUnavailable, path, "this is a SQLite file of another program",
                   "move it away; Backcast keeps the workspace's state under this name"};
    }
    if (schema > newest) {
      return Error{Code::kUnavailable, path,
                   "a newer Backcast wrote this state (schema " + std::to_string(schema) +
                       ", this program knows " + std::to_string(newest) + ")",
                   "update Backcast on this machine"};
    }
    return Done{};
  };
  BACKCAST_TRY(const int found, SchemaOf(database));
  BACKCAST_CHECK(judge(found));
  if (found == newest) return Done{};
  return database.Change([&]() -> Result<Done> {
    // Another process may have done it while this one waited for the lock.
    BACKCAST_TRY(const int schema, SchemaOf(database));
    BACKCAST_CHECK(judge(schema));
    if (schema == 0) {
      BACKCAST_CHECK(database.RunAll(
          "CREATE TABLE IF NOT EXISTS schema_version(version INTEGER PRIMARY KEY, since TEXT NOT NULL)"));
    }
    for (int step = schema; step < newest; ++step) {
      BACKCAST_CHECK(database.RunAll(std::string(kSteps[static_cast<std::size_t>(step)])));
      BACKCAST_CHECK(
          database.Run("INSERT INTO schema_version VALUES(?1, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                       {std::int64_t{step + 1}}));
    }
    return Done{};
  });
}

}  // namespace backcast
