// SPDX-License-Identifier: Apache-2.0
#include "lake/ledger.h"

#include <algorithm>
#include <filesystem>

#include "lake/rewrite.h"

namespace backcast {
namespace {

/// The last load version that is not younger than the limit; -1 for none.
Result<std::int64_t> LoadVersionAt(Store& store, std::int64_t not_after) {
  const std::string table(kLoadTable);
  BACKCAST_TRY(const std::vector<std::int64_t> versions, store.Versions(table));
  std::size_t first = 0;
  std::size_t last = versions.size();  // versions before `first` are old enough, those from `last` on are not
  while (first < last) {
    const std::size_t middle = (first + last) / 2;
    BACKCAST_TRY(const CommitNote note, store.Note(table, versions[middle]));
    if (note.timestamp <= not_after) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  if (first > 0) return versions[first - 1];
  if (versions.empty() || versions.front() == 0) return -1;
  return Error{Code::kUnavailable, store.folder(), "the lake no longer keeps what stood on that day",
               "ask for a later day"};
}

Result<Done> TakeBack(Store& store, const std::string& table, const Snapshot& newest,
                      const Snapshot& target) {
  Actions actions;
  actions.note.operation = std::string(kRestoreOperation);
  actions.note.load_id = newest.note.load_id;
  for (const auto& [path, file] : newest.files) {
    if (!target.files.contains(path)) actions.remove.emplace_back(path, store.NowMs());
  }
  for (const auto& [path, file] : target.files) {
    if (!newest.files.contains(path)) actions.add.push_back(file);
  }
  // A conflict means that somebody else is at work after all; then the table is theirs.
  BACKCAST_CHECK(store.Write(table, newest, actions, newest.metadata.by_month));
  return Done{};
}

}  // namespace

Result<Ledger> ReadLedger(Store& store, std::optional<std::int64_t> not_after) {
  const std::string table(kLoadTable);
  Ledger ledger;
  if (not_after) {
    BACKCAST_TRY(ledger.version, LoadVersionAt(store, *not_after));
  } else {
    BACKCAST_TRY(const SnapshotPtr newest, store.Newest(table));
    ledger.version = newest->version;
  }
  // Another program's commit to this table carries no ledger; the one before it still holds.
  for (std::int64_t version = ledger.version; version >= 0 && store.Has(table, version); --version) {
    BACKCAST_TRY(const CommitNote note, store.Note(table, version));
    if (!note.ours) continue;
    ledger.load_id = note.load_id;
    ledger.tables = note.tables;
    break;
  }
  return ledger;
}

Result<std::int64_t> VisibleVersion(Store& store, const Ledger& ledger, const std::string& table) {
  const auto found = ledger.tables.find(table);
  std::int64_t version = found == ledger.tables.end() ? -1 : found->second;
  while (store.Has(table, version + 1)) {
    BACKCAST_TRY(const CommitNote note, store.Note(table, version + 1));
    if (note.ours && (note.operation == kLoadOperation || note.operation == kRestoreOperation)) break;
    ++version;
  }
  return version;
}

Result<Done> TakeBackUnfinished(Store& store, const Ledger& ledger) {
  // What a killed Rewrite left: half a new lake, or the old one that the new one stands in place of.
  std::error_code ignored;
  std::filesystem::remove_all(BesideLake(store.folder()), ignored);
  BACKCAST_TRY(std::vector<std::string> tables, store.Tables());
  for (const std::string& table : tables) {
    if (table == kLoadTable) continue;
    BACKCAST_TRY(const SnapshotPtr newest, store.Newest(table));
    BACKCAST_TRY(const std::int64_t visible, VisibleVersion(store, ledger, table));
    if (newest->version <= visible || !newest->note.ours || newest->note.operation != kLoadOperation)
      continue;
    BACKCAST_TRY(const SnapshotPtr target, store.At(table, visible));
    BACKCAST_CHECK(TakeBack(store, table, *newest, *target));
  }
  return Done{};
}

}  // namespace backcast
