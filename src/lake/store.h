// SPDX-License-Identifier: Apache-2.0
// The tables of one lake on disk: finds, replays and writes versions. Everything else in this room works on
// Snapshots.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/duckdb.h"
#include "lake/lake.h"
#include "lake/snapshot.h"

namespace backcast {

/// Thread-safe.
class Store {
 public:
  Store(std::string folder, Clock clock) : folder_(std::move(folder)), clock_(std::move(clock)) {}

  const std::string& folder() const { return folder_; }
  std::string TableFolder(const std::string& table) const { return folder_ + "/" + table; }
  std::int64_t NowMs() const;

  /// Names of the tables that have a log.
  Result<std::vector<std::string>> Tables() const;
  /// Versions whose log file is there, ascending.
  Result<std::vector<std::int64_t>> Versions(const std::string& table) const;
  /// Checkpoints that are there, ascending.
  Result<std::vector<std::int64_t>> Checkpoints(const std::string& table) const;
  std::string VersionPath(const std::string& table, std::int64_t version) const;
  std::string CheckpointPath(const std::string& table, std::int64_t version) const;

  /// The newest version; a table that does not exist is version -1 without columns.
  Result<SnapshotPtr> Newest(const std::string& table);
  /// A version by number; -1 is the empty table. Errors: kUnavailable when it is no longer kept.
  Result<SnapshotPtr> At(const std::string& table, std::int64_t version);
  /// What a version changed.
  Result<Actions> Read(const std::string& table, std::int64_t version) const;
  /// Who made a version.
  Result<CommitNote> Note(const std::string& table, std::int64_t version);
  /// True when the log file of that version exists.
  bool Has(const std::string& table, std::int64_t version) const;

  /// Writes version `base.version + 1`, stamped by the clock; false when another writer was faster.
  Result<bool> Write(const std::string& table, const Snapshot& base, Actions& actions, bool by_month);

  /// Runs a question over the lake's own files on a small engine of the store's own.
  Result<Table> Query(const std::string& sql);

 private:
  struct Cached {
    SnapshotPtr snapshot;
    std::string identity;  // of the log file, to notice a lake that was replaced
  };
  Result<SnapshotPtr> Replay(const std::string& table, std::int64_t version);
  Result<Done> ApplyCheckpoint(const std::string& table, std::int64_t version, Snapshot& snapshot);
  SnapshotPtr FromCache(const std::string& table) const;
  void Remember(const std::string& table, const SnapshotPtr& snapshot);

  std::string folder_;
  Clock clock_;
  mutable std::mutex mutex_;  // guards what follows
  std::map<std::string, Cached> newest_;
  std::mutex reading_;
  std::unique_ptr<DuckDb> reader_;
};

}  // namespace backcast
