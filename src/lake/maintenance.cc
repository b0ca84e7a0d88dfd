// SPDX-License-Identifier: Apache-2.0
// Lake::Compact and Lake::Vacuum: fewer, larger files; and nothing kept that nobody can ask for.
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "lake/checkpoint.h"
#include "lake/lake.h"
#include "lake/ledger.h"
#include "lake/lock.h"
#include "lake/parquet.h"
#include "lake/records.h"
#include "lake/store.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kSmallBytes = 32 << 20;
constexpr std::size_t kFewFiles = 4;
constexpr std::int64_t kDayMs = 86'400'000;

/// Merges what is small in one table, in one version that changes no row. False when another writer came
/// first.
Result<bool> CompactTable(DuckDb& engine, Store& store, const Fact& fact) {
  BACKCAST_TRY(const SnapshotPtr snapshot, store.Newest(fact.id));
  std::map<std::optional<std::string>, std::vector<const DataFile*>> small;
  for (const auto& [path, file] : snapshot->files) {
    if (file.bytes < kSmallBytes) small[file.month].push_back(&file);
  }
  BACKCAST_TRY(const Layout layout, LayoutOf(fact, *snapshot));
  Actions actions;
  actions.note.operation = std::string(kCompactOperation);
  actions.note.load_id = snapshot->note.load_id;
  actions.data_change = false;
  for (const auto& [month, files] : small) {
    if (files.size() <= kFewFiles) continue;
    auto merged =
        WriteFiles(engine, store, layout, "select * from " + FilesSql(store, layout, *snapshot, files));
    if (!merged.ok()) {
      Discard(store, layout, actions.add);
      return merged.error();
    }
    for (DataFile& file : merged.value()) actions.add.push_back(std::move(file));
    for (const DataFile* file : files) actions.remove.emplace_back(file->path, store.NowMs());
  }
  if (actions.remove.empty()) return true;
  auto written = store.Write(fact.id, *snapshot, actions, !layout.day.empty());
  if (!written.ok() || !written.value()) Discard(store, layout, actions.add);
  return written;
}

/// Files of a table that some version from `oldest` on needs.
Result<std::set<std::string>> Needed(Store& store, const std::string& table, std::int64_t oldest) {
  std::set<std::string> needed;
  BACKCAST_TRY(const SnapshotPtr first, store.At(table, oldest));
  BACKCAST_TRY(const SnapshotPtr newest, store.Newest(table));
  for (const auto& [path, file] : first->files) needed.insert(path);
  for (std::int64_t version = oldest + 1; version <= newest->version; ++version) {
    BACKCAST_TRY(const Actions actions, store.Read(table, version));
    for (const DataFile& file : actions.add) needed.insert(file.path);
  }
  return needed;
}

/// Everything in the table's folder that is not its log: path below the folder.
Result<std::vector<std::string>> FilesOnDisk(const Store& store, const std::string& table) {
  std::vector<std::string> files;
  std::error_code failed;
  const fs::path root = store.TableFolder(table);
  for (fs::recursive_directory_iterator at(root, failed), end; !failed && at != end; at.increment(failed)) {
    std::error_code ignored;
    if (at->path().filename() == "_delta_log") {
      at.disable_recursion_pending();
    } else if (at->is_regular_file(ignored)) {
      files.push_back(at->path().lexically_relative(root).string());
    }
  }
  if (failed)
    return Error{Code::kUnavailable, root.string(), "cannot read the folder: " + failed.message(), ""};
  return files;
}

bool OlderThanADay(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) return false;
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  return now - info.st_mtim.tv_sec > kDayMs / 1000;
}

/// Folders that killed writers were filling.
void DeleteUnfinished(const Store& store, const std::string& table) {
  std::vector<fs::path> folders;
  std::error_code failed;
  for (fs::directory_iterator at(store.TableFolder(table), failed), end; !failed && at != end;
       at.increment(failed)) {
    if (at->path().filename().string().starts_with(".write-") && OlderThanADay(at->path().string()))
      folders.push_back(at->path());
  }
  for (const fs::path& folder : folders) fs::remove_all(folder, failed);
}

std::int64_t Delete(const std::string& path) {
  std::error_code failed;
  return fs::remove(path, failed) && !failed ? 1 : 0;
}

/// Log files that nobody needs once a checkpoint not younger than `oldest` stands, and leftovers of killed
/// writers.
Result<std::int64_t> TrimLog(Store& store, const std::string& table, std::int64_t oldest) {
  std::int64_t deleted = 0;
  BACKCAST_TRY(const std::vector<std::int64_t> checkpoints, store.Checkpoints(table));
  const auto after = std::upper_bound(checkpoints.begin(), checkpoints.end(), oldest);
  if (after != checkpoints.begin()) {
    const std::int64_t base = *(after - 1);
    BACKCAST_TRY(const std::vector<std::int64_t> versions, store.Versions(table));
    for (const std::int64_t version : versions) {
      if (version < base) deleted += Delete(store.VersionPath(table, version));
    }
    for (const std::int64_t version : checkpoints) {
      if (version < base) deleted += Delete(store.CheckpointPath(table, version));
    }
  }
  std::error_code failed;
  const std::string log = store.TableFolder(table) + "/_delta_log";
  std::vector<std::string> leftovers;
  for (fs::directory_iterator at(log, failed), end; !failed && at != end; at.increment(failed)) {
    const std::string path = at->path().string();
    if (at->path().filename().string().starts_with('.') && OlderThanADay(path)) leftovers.push_back(path);
  }
  for (const std::string& path : leftovers) deleted += Delete(path);
  return deleted;
}

}  // namespace

Result<Done> Lake::Compact(DuckDb& engine) {
  BACKCAST_TRY(const WriterLock lock, WriterLock::Take(store_->folder()));
  BACKCAST_TRY(const Ledger ledger, ReadLedger(*store_));
  if (lock.held()) BACKCAST_CHECK(TakeBackUnfinished(*store_, ledger));
  for (const Fact& fact : schemas_.all()) {
    // Losing a race loses nothing: the next call merges what is left.
    BACKCAST_CHECK(CompactTable(engine, *store_, fact));
  }
  return Done{};
}

Result<std::int64_t> Lake::Vacuum(int keep_days) {
  BACKCAST_TRY(const WriterLock lock, WriterLock::Take(store_->folder()));
  BACKCAST_TRY(const Ledger newest, ReadLedger(*store_));
  if (lock.held()) BACKCAST_CHECK(TakeBackUnfinished(*store_, newest));
  const std::int64_t cutoff = store_->NowMs() - keep_days * kDayMs;
  const auto then = ReadLedger(*store_, cutoff);
  const Ledger oldest = then.ok() ? then.value() : Ledger{};
  std::int64_t deleted = 0;
  BACKCAST_TRY(const std::vector<std::string> tables, store_->Tables());
  for (const std::string& table : tables) {
    std::int64_t from = oldest.version;
    if (table != kLoadTable) {
      const auto found = oldest.tables.find(table);
      from = found == oldest.tables.end() ? -1 : found->second;
    }
    BACKCAST_TRY(const std::vector<std::int64_t> versions, store_->Versions(table));
    if (!versions.empty() && from < versions.front()) from = versions.front();
    BACKCAST_TRY(const std::set<std::string> needed, Needed(*store_, table, from));
    BACKCAST_TRY(const SnapshotPtr snapshot, store_->Newest(table));
    BACKCAST_TRY(const std::vector<std::string> files, FilesOnDisk(*store_, table));
    for (const std::string& file : files) {
      const std::string path = store_->TableFolder(table) + "/" + file;
      const bool known =
          snapshot->removed.contains(file);  // was part of a version; others may belong to a writer at work
      if (!needed.contains(file) && (known || OlderThanADay(path))) deleted += Delete(path);
    }
    DeleteUnfinished(*store_, table);
    BACKCAST_TRY(const std::int64_t trimmed, TrimLog(*store_, table, from));
    deleted += trimmed;
  }
  return deleted;
}

}  // namespace backcast
