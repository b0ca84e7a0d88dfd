// SPDX-License-Identifier: Apache-2.0
#include "state/database.h"

#include <sqlite3.h>

#include <filesystem>
#include <thread>

namespace backcast {
namespace {

/// What to do with a file that cannot be used.
constexpr std::string_view kWhatIsInIt =
    "accepted findings and decisions are kept in it, so put it aside, do not delete it, and restore a copy; "
    "without one, a new file begins empty";

Error Fault(const std::string& path, int code, const std::string& words, std::chrono::milliseconds patience) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Code::kUnavailable, path,
              "another process has been writing the workspace's state for " +
                  std::to_string(patience.count()) + " ms",
              "nothing was changed; try again when it has ended"};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {Code::kUnavailable, path, "the workspace's state cannot be written (" + words + ")",
              "check the permissions of the file and its folder"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {Code::kUnavailable, path, "the workspace's state is damaged (" + words + ")",
              std::string(kWhatIsInIt)};
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
      return {Code::kUnavailable, path, "the workspace's state cannot be kept (" + words + ")",
              "check the disk"};
    default:
      return {Code::kUnavailable, path,
              "the workspace's state does not hold what this program writes (" + words + ")",
              std::string(kWhatIsInIt)};
  }
}

/// "file:" and the path with the signs that a URI would read otherwise.
std::string UriOf(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
    } else {
      uri += c;
    }
  }
  return uri;
}

}  // namespace

struct Database::Handle {
  std::string path;
  std::chrono::milliseconds patience{};
  sqlite3* connection = nullptr;

  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { sqlite3_close(connection); }

  Error FaultNow() const {
    return Fault(path, sqlite3_extended_errcode(connection), sqlite3_errmsg(connection), patience);
  }
};

Database::Database(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::Open(const std::string& path, bool write, std::chrono::milliseconds patience) {
  const auto open = [&](const std::string& name, int flags) -> Result<Database> {
    auto handle = std::make_unique<Handle>();
    handle->path = path;
    handle->patience = patience;
    const int code = sqlite3_open_v2(name.c_str(), &handle->connection, flags, nullptr);
    if (handle->connection == nullptr) return Fault(path, code, sqlite3_errstr(code), patience);
    if (code != SQLITE_OK) return handle->FaultNow();
    sqlite3_busy_timeout(handle->connection, static_cast<int>(patience.count()));
    // A file that somebody sent may hold a schema that runs things; none of it is trusted.
    sqlite3_db_config(handle->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle->connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return Database(std::move(handle));
  };
  if (!write) {
    BACKCAST_TRY(Database database, open(path, SQLITE_OPEN_READWRITE));
    Result<std::vector<Row>> read = database.Run("SELECT count(*) FROM sqlite_master");
    if (read.ok()) return database;
    // The write-ahead log wants a second file beside the first. Where that cannot be made and no log lies
    // there, the file is whole as it is.
    std::error_code ignored;
    const auto logged = std::filesystem::file_size(path + "-wal", ignored);
    const int code = sqlite3_errcode(database.handle_->connection);
    if ((code == SQLITE_CANTOPEN || code == SQLITE_READONLY) && (ignored || logged == 0))
      return open(UriOf(path) + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    return read.error();
  }
  BACKCAST_TRY(Database database, open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  // Two processes that make the file at once: the busy handler is not asked for this change of mode.
  const auto until = std::chrono::steady_clock::now() + patience;
  while (true) {
    const Result<std::vector<Row>> mode = database.Run("PRAGMA journal_mode=WAL");
    if (mode.ok()) break;
    const int code = sqlite3_errcode(database.handle_->connection);
    if (code != SQLITE_BUSY || std::chrono::steady_clock::now() >= until) return mode.error();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  BACKCAST_CHECK(database.RunAll("PRAGMA synchronous=FULL"));
  return database;
}

Result<std::vector<Database::Row>> Database::Run(std::string_view statement,
                                                 const std::vector<Bound>& values) {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(handle_->connection, statement.data(), static_cast<int>(statement.size()), &prepared,
                         nullptr) != SQLITE_OK) {
    return handle_->FaultNow();
  }
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(prepared, sqlite3_finalize);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int at = static_cast<int>(i) + 1;
    const auto* text = std::get_if<std::string_view>(&values[i]);
    const int code = text != nullptr
                         ? sqlite3_bind_text64(prepared, at, text->empty() ? "" : text->data(), text->size(),
                                               SQLITE_STATIC, SQLITE_UTF8)
                         : sqlite3_bind_int64(prepared, at, *std::get_if<std::int64_t>(&values[i]));
    if (code != SQLITE_OK) return handle_->FaultNow();
  }
  std::vector<Row> rows;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(prepared)) == SQLITE_ROW) {
    Row row;
    for (int i = 0; i < sqlite3_column_count(prepared); ++i) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(prepared, i));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared, i));
      row.push_back(text == nullptr ? std::string() : std::string(text, size));
    }
    rows.push_back(std::move(row));
  }
  if (code != SQLITE_DONE) return handle_->FaultNow();
  return rows;
}

Result<Done> Database::RunAll(const std::string& statements) {
  if (sqlite3_exec(handle_->connection, statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return handle_->FaultNow();
  return Done{};
}

}  // namespace backcast
