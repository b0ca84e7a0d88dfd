// SPDX-License-Identifier: Apache-2.0
// Lake::Commit: the order of things. Dimensions, facts, quarantine, and last the load record that makes it
// all visible.
#include <algorithm>
#include <chrono>
#include <random>
#include <set>
#include <thread>

#include "lake/checkpoint.h"
#include "lake/codes.h"
#include "lake/lake.h"
#include "lake/ledger.h"
#include "lake/lock.h"
#include "lake/records.h"
#include "lake/upsert.h"

namespace backcast {
namespace {

constexpr int kTries = 20;

/// One try of one commit; false means that another writer came first and all must be looked at again.
class Attempt {
 public:
  Attempt(Store& store, const Schemas& schemas, DuckDb& engine, const Load& load)
      : store_(store), schemas_(schemas), engine_(engine), load_(load) {}

  Result<bool> Run(const std::vector<Staged>& staged, const std::vector<Quarantined>& quarantined,
                   bool alone) {
    BACKCAST_TRY(ledger_, ReadLedger(store_));
    if (alone) BACKCAST_CHECK(TakeBackUnfinished(store_, ledger_));
    receipt_.load_id = ledger_.load_id + 1;
    for (const Fact* dimension : DimensionsOf(schemas_, staged)) {
      BACKCAST_TRY(const bool done, Dimension(*dimension, staged));
      if (!done) return false;
    }
    for (const Staged& one : staged) {
      if (schemas_.Find(one.fact)->is_dimension) continue;
      BACKCAST_TRY(const SnapshotPtr snapshot, store_.Newest(one.fact));
      BACKCAST_TRY(const bool done, Apply(*snapshot, one));
      if (!done) return false;
    }
    if (!quarantined.empty()) {
      BACKCAST_TRY(const std::string select, QuarantineSelect(engine_, load_, receipt_.load_id, quarantined));
      BACKCAST_TRY(const bool done, Append(QuarantineLayout(), select));
      if (!done) return false;
    }
    BACKCAST_TRY(versions_, VersionsNow());
    return Append(LoadLayout(), LoadSelect(load_, receipt_, store_.NowMs()));
  }

  LoadReceipt& receipt() { return receipt_; }

 private:
  Result<bool> Dimension(const Fact& dimension, const std::vector<Staged>& staged) {
    BACKCAST_TRY(const SnapshotPtr snapshot, store_.Newest(dimension.id));
    BACKCAST_TRY(const std::int64_t fresh, Code(engine_, store_, dimension, *snapshot, schemas_, staged));
    const auto own =
        std::find_if(staged.begin(), staged.end(), [&](const Staged& s) { return s.fact == dimension.id; });
    if (own != staged.end()) return Apply(*snapshot, *own);
    if (fresh == 0) return true;
    return Apply(*snapshot, {dimension.id, ""});
  }

  Result<bool> Apply(const Snapshot& snapshot, const Staged& staged) {
    BACKCAST_TRY(Upsert upsert,
                 PrepareUpsert(engine_, store_, schemas_, snapshot, staged, load_, receipt_.load_id));
    if (!staged.table.empty()) receipt_.changes.push_back(upsert.change);
    if (upsert.add.empty() && upsert.remove.empty()) return true;
    BACKCAST_TRY(const Layout layout, LayoutOf(*schemas_.Find(staged.fact), snapshot));
    return Write(layout, snapshot, std::move(upsert.add), upsert.remove);
  }

  Result<bool> Append(const Layout& layout, const std::string& select) {
    BACKCAST_TRY(const SnapshotPtr snapshot, store_.Newest(layout.table));
    if (layout.table == kLoadTable && snapshot->version != ledger_.version) return false;
    BACKCAST_TRY(Appended appended, AppendRecords(engine_, store_, layout, *snapshot, select));
    return Write(layout, *snapshot, std::move(appended.add), appended.remove);
  }

  Result<bool> Write(const Layout& layout, const Snapshot& snapshot, std::vector<DataFile> add,
                     const std::vector<std::string>& remove) {
    Actions actions;
    actions.note.operation = std::string(kLoadOperation);
    actions.note.load_id = receipt_.load_id;
    if (layout.table == kLoadTable) actions.note.tables = versions_;
    const std::int64_t now = store_.NowMs();
    actions.metadata = NewMetadata(layout, snapshot, now);
    actions.add = std::move(add);
    for (const std::string& path : remove) actions.remove.emplace_back(path, now);
    auto written = store_.Write(layout.table, snapshot, actions, !layout.day.empty());
    if (!written.ok() || !written.value()) {
      Discard(store_, layout, actions.add);
      return written;
    }
    touched_.insert(layout.table);
    if (const std::int64_t version = snapshot.version + 1; version > 0 && version % kCheckpointEvery == 0) {
      // A checkpoint only saves time; the version stands without it.
      if (const auto newest = store_.Newest(layout.table); newest.ok())
        (void)WriteCheckpoint(engine_, store_, layout.table, *newest.value());
    }
    return true;
  }

  /// What the ledger of this load says: own tables as committed, the others as readers see them now.
  Result<std::map<std::string, std::int64_t>> VersionsNow() {
    std::map<std::string, std::int64_t> versions;
    BACKCAST_TRY(const std::vector<std::string> tables, store_.Tables());
    for (const std::string& table : tables) {
      if (table == kLoadTable) continue;
      if (touched_.contains(table)) {
        BACKCAST_TRY(const SnapshotPtr newest, store_.Newest(table));
        versions[table] = newest->version;
      } else {
        BACKCAST_TRY(const std::int64_t visible, VisibleVersion(store_, ledger_, table));
        if (visible >= 0) versions[table] = visible;
      }
    }
    return versions;
  }

  Store& store_;
  const Schemas& schemas_;
  DuckDb& engine_;
  const Load& load_;
  Ledger ledger_;
  LoadReceipt receipt_;
  std::map<std::string, std::int64_t> versions_;
  std::set<std::string> touched_;
};

Result<Done> CheckStaged(const Schemas& schemas, const std::vector<Staged>& staged) {
  std::set<std::string> seen;
  for (const Staged& one : staged) {
    if (schemas.Find(one.fact) == nullptr)
      return Error{Code::kInternal, "", "rows of an unknown fact '" + one.fact + "'", ""};
    if (!seen.insert(one.fact).second)
      return Error{Code::kInternal, "", "two staged tables of the fact '" + one.fact + "'", ""};
  }
  return Done{};
}

}  // namespace

Result<LoadReceipt> Lake::Commit(DuckDb& engine, const Load& load, const std::vector<Staged>& staged,
                                 const std::vector<Quarantined>& quarantined) {
  BACKCAST_CHECK(CheckStaged(schemas_, staged));
  BACKCAST_TRY(const WriterLock lock, WriterLock::Take(store_->folder()));
  std::mt19937 random{std::random_device{}()};
  for (int tried = 0; tried < kTries; ++tried) {
    Attempt attempt(*store_, schemas_, engine, load);
    BACKCAST_TRY(const bool done, attempt.Run(staged, quarantined, lock.held()));
    if (done) return std::move(attempt.receipt());
    std::this_thread::sleep_for(
        std::chrono::milliseconds(5 + random() % (20UL * static_cast<unsigned>(tried + 1))));
  }
  return Error{
      Code::kUnavailable, store_->folder(),
      "other programs changed the lake " + std::to_string(kTries) + " times while this load tried to",
      "try again when they are done"};
}

}  // namespace backcast
