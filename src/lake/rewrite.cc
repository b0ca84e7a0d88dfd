// SPDX-License-Identifier: Apache-2.0
#include "lake/rewrite.h"

#include <fcntl.h>
#include <stdio.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <set>

#include "lake/checkpoint.h"
#include "lake/files.h"
#include "lake/ledger.h"
#include "lake/lock.h"
#include "lake/parquet.h"
#include "lake/records.h"
#include "lake/store.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

/// Old path -> the files that hold what is left of it.
using Replaced = std::map<std::string, std::vector<DataFile>>;

/// Every file that some kept version names, and of them those that are still on the disk.
struct EveryFile {
  std::map<std::string, DataFile> named;
  std::vector<const DataFile*> there;
};

Result<EveryFile> FilesOfAllVersions(Store& store, const std::string& table) {
  EveryFile every;
  BACKCAST_TRY(const std::vector<std::int64_t> versions, store.Versions(table));
  if (versions.empty()) return every;
  BACKCAST_TRY(const SnapshotPtr first, store.At(table, versions.front()));
  for (const auto& [path, file] : first->files) every.named.emplace(path, file);
  for (const std::int64_t version : versions) {
    BACKCAST_TRY(const Actions actions, store.Read(table, version));
    for (const DataFile& file : actions.add) every.named.emplace(file.path, file);
  }
  std::error_code ignored;
  for (const auto& [path, file] : every.named) {
    if (fs::exists(store.TableFolder(table) + "/" + path, ignored)) every.there.push_back(&file);
  }
  return every;
}

/// Of a fact, a dimension, or one of the lake's own records.
Result<Layout> LayoutOfTable(const Schemas& schemas, const std::string& table, const Snapshot& snapshot) {
  if (table == kLoadTable) return LoadLayout();
  if (table == kQuarantineTable) return QuarantineLayout();
  const Fact* fact = schemas.Find(table);
  if (fact == nullptr) {
    return Error{Code::kUnavailable, "", "the lake has a table '" + table + "' that no fact explains",
                 "another program made it; move it away first"};
  }
  return LayoutOf(*fact, snapshot);
}

/// One table of the old lake on its way into the new one.
class TableRewriter {
 public:
  TableRewriter(DuckDb& engine, Store& from, Store& to, const Schemas& schemas, const std::string& table)
      : engine_(engine), from_(from), to_(to), schemas_(schemas), table_(table) {}

  Result<Done> Look() {
    BACKCAST_TRY(snapshot_, from_.Newest(table_));
    BACKCAST_TRY(every_, FilesOfAllVersions(from_, table_));
    return Done{};
  }

  /// Which files hold a touched row.
  Result<TableRewritten> Find(const TableEdit& edit) {
    TableRewritten found{table_, 0, 0};
    BACKCAST_TRY(layout_, LayoutOfTable(schemas_, table_, *snapshot_));
    if (every_.there.empty()) return found;
    BACKCAST_TRY(const Table table, engine_.Run("select filename, count(*) as n from " +
                                                FilesSql(from_, layout_, *snapshot_, every_.there, true) +
                                                " where " + edit.touches + " group by 1 order by 1"));
    for (std::size_t row = 0; row < table.rows; ++row) {
      const std::string& path = table.columns[0].words[row];
      const auto file = std::find_if(every_.there.begin(), every_.there.end(),
                                     [&](const DataFile* f) { return path.ends_with("/" + f->path); });
      if (file == every_.there.end()) return Error{Code::kInternal, path, "a file that no version names", ""};
      touched_.push_back(*file);
      found.rows += static_cast<std::int64_t>(table.columns[1].numbers[row]);
    }
    found.files = static_cast<std::int64_t>(touched_.size());
    return found;
  }

  Result<Done> WriteAnew(const TableEdit& edit) {
    std::string columns;
    for (const LakeColumn& column : layout_.columns) {
      const auto found = std::find_if(edit.replace.begin(), edit.replace.end(),
                                      [&](const auto& one) { return one.first == column.name; });
      const std::string name = QuoteName(column.name);
      columns +=
          (columns.empty() ? "" : ", ") +
          (found == edit.replace.end() ? name : "(" + found->second + ")::" + column.type + " as " + name);
    }
    for (const DataFile* file : touched_) {
      std::string select = "select " + columns + " from " + FilesSql(from_, layout_, *snapshot_, {file});
      if (!edit.remove.empty()) select += " where (" + edit.remove + ") is distinct from true";
      BACKCAST_TRY(replaced_[file->path], WriteFiles(engine_, to_, layout_, select));
    }
    // A file that vacuum took is gone, but the log may still tell its least and greatest words.
    std::set<std::string> there;
    for (const DataFile* file : every_.there) there.insert(file->path);
    for (const auto& [path, file] : every_.named) {
      if (there.contains(path)) continue;
      DataFile silent;
      silent.path = file.path;
      silent.month = file.month;
      silent.bytes = file.bytes;
      silent.modified = file.modified;
      replaced_[path] = {silent};
    }
    return Done{};
  }

  /// Files and logs of the table in the new lake; those of a table that nothing touches are the same files.
  Result<Done> Carry() {
    BACKCAST_CHECK(MakeFolder(Log(to_)));
    for (const DataFile* file : every_.there) {
      if (!replaced_.contains(file->path)) BACKCAST_CHECK(Same(file->path));
    }
    BACKCAST_TRY(const std::vector<std::int64_t> versions, from_.Versions(table_));
    for (const std::int64_t version : versions) BACKCAST_CHECK(CarryVersion(version));
    BACKCAST_TRY(const std::vector<std::int64_t> checkpoints, from_.Checkpoints(table_));
    for (const std::int64_t version : checkpoints) BACKCAST_CHECK(CarryCheckpoint(version));
    std::error_code ignored;
    if (replaced_.empty() && fs::exists(Log(from_) + "/_last_checkpoint", ignored))
      BACKCAST_CHECK(Same("_delta_log/_last_checkpoint"));
    return Flush(Log(to_));
  }

 private:
  std::string Log(const Store& store) const { return store.TableFolder(table_) + "/_delta_log"; }

  /// The same bytes under the same name, without copying where the disk allows.
  Result<Done> Same(const std::string& path) {
    const fs::path old = from_.TableFolder(table_) + "/" + path, fresh = to_.TableFolder(table_) + "/" + path;
    BACKCAST_CHECK(MakeFolder(fresh.parent_path().string()));
    std::error_code failed;
    fs::create_hard_link(old, fresh, failed);
    if (failed) fs::copy_file(old, fresh, failed);
    if (failed)
      return Error{Code::kUnavailable, fresh.string(), "cannot carry the file over: " + failed.message(), ""};
    return Done{};
  }

  std::string Inside(const std::string& path) const {
    return fs::path(path).lexically_relative(from_.TableFolder(table_)).string();
  }

  Result<Done> CarryVersion(std::int64_t version) {
    if (replaced_.empty()) return Same(Inside(from_.VersionPath(table_, version)));
    BACKCAST_TRY(const std::string text, ReadWhole(from_.VersionPath(table_, version)));
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view line(text.data() + at, end - at);
      at = end + 1;
      if (line.find_first_not_of(" \r\t") == std::string_view::npos) continue;
      Actions one;
      BACKCAST_CHECK(ParseAction(line, one));
      const std::string path = one.add.size() == 1      ? one.add[0].path
                               : one.remove.size() == 1 ? one.remove[0].first
                                                        : "";
      const auto found = replaced_.find(path);
      if (path.empty() || found == replaced_.end()) {
        out += std::string(line) + "\n";
        continue;
      }
      for (const DataFile& file : found->second) {
        out += (one.remove.empty() ? AddJson(file, snapshot_->metadata.by_month, one.data_change)
                                   : RemoveJson(file.path, one.remove[0].second, one.data_change)) +
               "\n";
      }
    }
    // A new file even where nothing changed: whoever remembers the old version notices.
    return Replace(to_.VersionPath(table_, version), out);
  }

  Result<Done> CarryCheckpoint(std::int64_t version) {
    if (replaced_.empty()) return Same(Inside(from_.CheckpointPath(table_, version)));
    BACKCAST_TRY(const SnapshotPtr old, from_.At(table_, version));
    Snapshot fresh = *old;
    for (const auto& [path, files] : replaced_) {
      if (fresh.files.erase(path) == 0) continue;
      for (const DataFile& file : files) fresh.files.emplace(file.path, file);
    }
    return WriteCheckpoint(engine_, to_, table_, fresh);
  }

  DuckDb& engine_;
  Store& from_;
  Store& to_;
  const Schemas& schemas_;
  std::string table_;
  SnapshotPtr snapshot_;
  Layout layout_;
  EveryFile every_;
  std::vector<const DataFile*> touched_;
  Replaced replaced_;
};

Result<Done> Exchange(const std::string& one, const std::string& other) {
  if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) != 0) {
    const bool unable = errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP;
    Error error = FileError("put the new lake in place of", other);
    if (unable)
      error.hint =
          "this file system cannot exchange two folders in one step; nothing was changed. Copy the workspace "
          "to a local disk";
    return error;
  }
  return Flush(fs::path(other).parent_path().string());
}

}  // namespace

Result<Done> AttachEver(DuckDb& engine, const std::string& folder, const Schemas& schemas) {
  Store store(folder, std::chrono::system_clock::now);
  std::vector<std::string> tables = {std::string(kLoadTable), std::string(kQuarantineTable)};
  for (const Fact& fact : schemas.all()) tables.push_back(fact.id);
  for (const std::string& table : tables) {
    BACKCAST_TRY(const SnapshotPtr snapshot, store.Newest(table));
    BACKCAST_TRY(const Layout layout, LayoutOfTable(schemas, table, *snapshot));
    BACKCAST_TRY(const EveryFile every, FilesOfAllVersions(store, table));
    BACKCAST_CHECK(engine.Do("create or replace view " + QuoteName("ever " + table) + " as select * from " +
                             FilesSql(store, layout, *snapshot, every.there)));
  }
  return Done{};
}

Result<std::vector<TableRewritten>> RewriteLake(DuckDb& engine, const std::string& folder,
                                                const Schemas& schemas, const std::vector<TableEdit>& edits,
                                                bool dry_run) {
  std::error_code ignored;
  if (fs::is_symlink(folder, ignored)) {
    return Error{Code::kUnavailable, folder,
                 "the lake is a link to another folder, which cannot be exchanged",
                 "move the folder itself to this place; nothing was changed"};
  }
  Store store(folder, std::chrono::system_clock::now);
  BACKCAST_TRY(const WriterLock lock, WriterLock::Take(folder));
  const std::string beside = BesideLake(folder);
  std::error_code failed;
  if (!dry_run) {
    BACKCAST_TRY(const Ledger ledger, ReadLedger(store));
    if (lock.held()) BACKCAST_CHECK(TakeBackUnfinished(store, ledger));
    fs::remove_all(beside, failed);
  }
  Store fresh(beside, std::chrono::system_clock::now);
  BACKCAST_TRY(const std::vector<std::string> tables, store.Tables());
  std::vector<TableRewritten> done;
  std::vector<TableRewriter> rewriters;
  rewriters.reserve(tables.size());
  std::vector<const TableEdit*> of;
  for (const std::string& table : tables) {
    rewriters.emplace_back(engine, store, fresh, schemas, table);
    BACKCAST_CHECK(rewriters.back().Look());
    const auto edit =
        std::find_if(edits.begin(), edits.end(), [&](const TableEdit& one) { return one.table == table; });
    of.push_back(edit == edits.end() ? nullptr : &*edit);
    if (edit == edits.end()) continue;
    BACKCAST_TRY(TableRewritten found, rewriters.back().Find(*edit));
    if (found.files > 0) done.push_back(std::move(found));
  }
  if (dry_run || done.empty()) return done;
  const auto build = [&]() -> Result<Done> {
    BACKCAST_CHECK(MakeFolder(beside));
    fs::create_hard_link(store.folder() + "/.lock", beside + "/.lock", failed);
    for (std::size_t i = 0; i < rewriters.size(); ++i) {
      if (of[i] != nullptr) BACKCAST_CHECK(rewriters[i].WriteAnew(*of[i]));
      BACKCAST_CHECK(rewriters[i].Carry());
    }
    BACKCAST_CHECK(Flush(beside));
    return Exchange(beside, store.folder());
  };
  const Result<Done> built = build();
  fs::remove_all(beside, failed);
  if (!built.ok()) return built.error();
  if (failed) {
    return Error{Code::kUnavailable, beside, "the old lake could not be deleted: " + failed.message(),
                 "delete this folder by hand"};
  }
  return done;
}

}  // namespace backcast
