// SPDX-License-Identifier: Apache-2.0
#include "lake/store.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "lake/files.h"

namespace backcast {
namespace {

constexpr std::string_view kVersionEnd = ".json";
constexpr std::string_view kCheckpointEnd = ".checkpoint.parquet";

std::string Padded(std::int64_t version) {
  char text[32];
  std::snprintf(text, sizeof text, "%020lld", static_cast<long long>(version));
  return text;
}

/// Numbers of the files NNN<end> in a log folder, ascending.
Result<std::vector<std::int64_t>> Numbered(const std::string& folder, std::string_view end) {
  std::vector<std::int64_t> found;
  std::error_code failed;
  std::filesystem::directory_iterator entries(folder, failed);
  if (failed == std::errc::no_such_file_or_directory) return found;
  for (; !failed && entries != std::filesystem::directory_iterator(); entries.increment(failed)) {
    const std::string name = entries->path().filename().string();
    const bool ours =
        name.size() == 20 + end.size() && name.ends_with(end) && name.starts_with("00") &&  // fits 64 bits
        std::all_of(name.begin(), name.begin() + 20, [](unsigned char c) { return c >= '0' && c <= '9'; });
    if (ours) found.push_back(std::stoll(name.substr(0, 20)));
  }
  if (failed)
    return Error{Code::kUnavailable, folder, "cannot read the folder: " + failed.message(),
                 "check its permissions"};
  std::sort(found.begin(), found.end());
  return found;
}

/// What tells a file from another one that later has its name.
std::string IdentityOf(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) return {};
  return std::to_string(info.st_ino) + "/" + std::to_string(info.st_mtim.tv_sec) + "/" +
         std::to_string(info.st_mtim.tv_nsec) + "/" + std::to_string(info.st_size);
}

}  // namespace

std::int64_t Store::NowMs() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(clock_().time_since_epoch()).count();
}

std::string Store::VersionPath(const std::string& table, std::int64_t version) const {
  return TableFolder(table) + "/_delta_log/" + Padded(version) + std::string(kVersionEnd);
}

std::string Store::CheckpointPath(const std::string& table, std::int64_t version) const {
  return TableFolder(table) + "/_delta_log/" + Padded(version) + std::string(kCheckpointEnd);
}

Result<std::vector<std::string>> Store::Tables() const {
  std::vector<std::string> tables;
  std::error_code failed;
  std::filesystem::directory_iterator entries(folder_, failed);
  for (; !failed && entries != std::filesystem::directory_iterator(); entries.increment(failed)) {
    std::error_code ignored;
    if (std::filesystem::is_directory(entries->path() / "_delta_log", ignored))
      tables.push_back(entries->path().filename().string());
  }
  if (failed)
    return Error{Code::kUnavailable, folder_, "cannot read the lake: " + failed.message(),
                 "check the folder's permissions"};
  std::sort(tables.begin(), tables.end());
  return tables;
}

Result<std::vector<std::int64_t>> Store::Versions(const std::string& table) const {
  return Numbered(TableFolder(table) + "/_delta_log", kVersionEnd);
}

Result<std::vector<std::int64_t>> Store::Checkpoints(const std::string& table) const {
  return Numbered(TableFolder(table) + "/_delta_log", kCheckpointEnd);
}

bool Store::Has(const std::string& table, std::int64_t version) const {
  std::error_code ignored;
  return std::filesystem::exists(VersionPath(table, version), ignored);
}

SnapshotPtr Store::FromCache(const std::string& table) const {
  const std::lock_guard lock(mutex_);
  const auto found = newest_.find(table);
  if (found == newest_.end()) return nullptr;
  if (IdentityOf(VersionPath(table, found->second.snapshot->version)) != found->second.identity)
    return nullptr;
  return found->second.snapshot;
}

void Store::Remember(const std::string& table, const SnapshotPtr& snapshot) {
  std::string identity = IdentityOf(VersionPath(table, snapshot->version));
  const std::lock_guard lock(mutex_);
  if (identity.empty()) {
    newest_.erase(table);
  } else {
    newest_[table] = {snapshot, std::move(identity)};
  }
}

Result<Actions> Store::Read(const std::string& table, std::int64_t version) const {
  const std::string path = VersionPath(table, version);
  BACKCAST_TRY(const std::string text, ReadWhole(path));
  Actions actions;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string_view line(text.data() + from, end - from);
    from = end + 1;
    if (line.find_first_not_of(" \r\t") == std::string_view::npos) continue;
    if (auto parsed = ParseAction(line, actions); !parsed.ok()) {
      Error error = parsed.error();
      error.where = path;
      return error;
    }
  }
  return actions;
}

Result<SnapshotPtr> Store::Replay(const std::string& table, std::int64_t version) {
  auto snapshot = std::make_shared<Snapshot>();
  if (const SnapshotPtr cached = FromCache(table); cached != nullptr && cached->version <= version) {
    if (cached->version == version) return cached;
    *snapshot = *cached;
  } else {
    BACKCAST_TRY(const std::vector<std::int64_t> checkpoints, Checkpoints(table));
    const auto after = std::upper_bound(checkpoints.begin(), checkpoints.end(), version);
    if (after != checkpoints.begin()) BACKCAST_CHECK(ApplyCheckpoint(table, *(after - 1), *snapshot));
  }
  while (snapshot->version < version) {
    if (!Has(table, snapshot->version + 1)) {
      return Error{Code::kUnavailable, TableFolder(table),
                   "version " + std::to_string(version) + " is no longer kept", "ask for a later day"};
    }
    BACKCAST_TRY(const Actions actions, Read(table, snapshot->version + 1));
    snapshot->Apply(actions, snapshot->version + 1);
  }
  return SnapshotPtr(snapshot);
}

Result<SnapshotPtr> Store::Newest(const std::string& table) {
  std::int64_t version = -1;
  if (const SnapshotPtr cached = FromCache(table); cached != nullptr) {
    version = cached->version;
    while (Has(table, version + 1)) ++version;
  } else {
    BACKCAST_TRY(const std::vector<std::int64_t> versions, Versions(table));
    if (!versions.empty()) version = versions.back();
  }
  BACKCAST_TRY(SnapshotPtr snapshot, version < 0 ? At(table, version) : Replay(table, version));
  if (version >= 0) Remember(table, snapshot);
  return snapshot;
}

Result<SnapshotPtr> Store::At(const std::string& table, std::int64_t version) {
  if (version < 0) return std::make_shared<const Snapshot>();
  const bool first = FromCache(table) == nullptr;
  BACKCAST_TRY(SnapshotPtr snapshot, Replay(table, version));
  if (first) Remember(table, snapshot);
  return snapshot;
}

Result<CommitNote> Store::Note(const std::string& table, std::int64_t version) {
  const std::string path = VersionPath(table, version);
  BACKCAST_TRY(const std::string text, ReadWhole(path));
  Actions actions;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string_view line(text.data() + from, end - from);
    from = end + 1;
    if (line.find("\"commitInfo\"") == std::string_view::npos) continue;
    BACKCAST_CHECK(ParseAction(line, actions));
    if (actions.note.timestamp != 0) return actions.note;
  }
  struct stat info{};
  if (::stat(path.c_str(), &info) == 0)
    actions.note.timestamp = static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1000;
  return actions.note;
}

Result<bool> Store::Write(const std::string& table, const Snapshot& base, Actions& actions, bool by_month) {
  BACKCAST_CHECK(MakeFolder(TableFolder(table) + "/_delta_log"));
  actions.note.timestamp = std::max(NowMs(), base.note.timestamp);
  actions.note.ours = true;
  BACKCAST_TRY(const bool written,
               CreateOnce(VersionPath(table, base.version + 1), ToJson(actions, by_month)));
  if (!written) return false;
  auto next = std::make_shared<Snapshot>(base);
  next->Apply(actions, base.version + 1);
  Remember(table, next);
  return true;
}

Result<Table> Store::Query(const std::string& sql) {
  const std::lock_guard lock(reading_);
  if (reader_ == nullptr) {
    BACKCAST_TRY(reader_, DuckDb::Open({.threads = 1, .folders = {folder_}}));
    BACKCAST_CHECK(reader_->Lock());
  }
  return reader_->Run(sql);
}

}  // namespace backcast
