// SPDX-License-Identifier: Apache-2.0
#include "lake/lake.h"

#include <algorithm>
#include <set>

#include "lake/files.h"
#include "lake/ledger.h"
#include "lake/parquet.h"
#include "lake/readings.h"
#include "lake/records.h"
#include "lake/reported.h"
#include "lake/store.h"

namespace backcast {
namespace {

Result<Done> MakeView(DuckDb& engine, const Store& store, const Layout& layout, const Snapshot& snapshot,
                      const std::string& name) {
  std::vector<const DataFile*> files;
  for (const auto& [path, file] : snapshot.files) files.push_back(&file);
  return engine.Do("create or replace view " + QuoteName(name) + " as select * from " +
                   FilesSql(store, layout, snapshot, files));
}

/// How rows of `fact` follow from those delivered and from a fact attached before it; empty when they do not.
std::string Derived(const Fact& fact, const Schemas& schemas, const std::set<std::string>& filled,
                    const std::string& delivered) {
  if (filled.contains(fact.differences_of)) {
    return DaysFromReadings(fact, *schemas.Find(fact.differences_of), delivered);
  }
  if (filled.contains(fact.reported_by)) {
    return CostsOnce(fact, *schemas.Find(fact.reported_by), delivered);
  }
  return "";
}

}  // namespace

Lake::Lake(std::shared_ptr<Store> store, const Schemas& schemas)
    : store_(std::move(store)), schemas_(schemas) {}

const std::string& Lake::folder() const { return store_->folder(); }

Result<Lake> Lake::Open(std::string folder, const Schemas& schemas, Clock clock) {
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  BACKCAST_CHECK(MakeFolder(folder));
  auto store = std::make_shared<Store>(std::move(folder), std::move(clock));
  BACKCAST_CHECK(store->Newest(std::string(kLoadTable)));
  return Lake(std::move(store), schemas);
}

Result<LoadPlace> Lake::NextPlace() const {
  BACKCAST_TRY(const Ledger ledger, ReadLedger(*store_));
  return LoadPlace{.folder = store_->folder(), .load_id = ledger.load_id + 1};
}

Result<Done> Lake::Attach(DuckDb& engine, std::optional<Day> as_of) const {
  std::optional<std::int64_t> end;
  if (as_of) end = (as_of->time_since_epoch().count() + std::int64_t{1}) * 86'400'000 - 1;
  BACKCAST_TRY(const Ledger ledger, ReadLedger(*store_, end));
  const auto version_of = [&](const std::string& table) -> Result<std::int64_t> {
    if (!as_of) return VisibleVersion(*store_, ledger, table);
    const auto found = ledger.tables.find(table);
    return found == ledger.tables.end() ? -1 : found->second;
  };
  std::set<std::string> filled;
  for (const Fact& fact : schemas_.all()) {
    BACKCAST_TRY(const std::int64_t version, version_of(fact.id));
    BACKCAST_TRY(const SnapshotPtr snapshot, store_->At(fact.id, version));
    BACKCAST_TRY(const Layout layout, LayoutOf(fact, *snapshot));
    const std::string delivered = fact.id + "_as_delivered";
    const std::string derived = Derived(fact, schemas_, filled, delivered);
    BACKCAST_CHECK(MakeView(engine, *store_, layout, *snapshot, derived.empty() ? fact.id : delivered));
    if (!snapshot->files.empty()) filled.insert(fact.id);
    if (derived.empty()) continue;
    BACKCAST_CHECK(engine.Do("create or replace view " + QuoteName(fact.id) + " as " + derived));
  }
  BACKCAST_TRY(const std::int64_t version, version_of(std::string(kQuarantineTable)));
  BACKCAST_TRY(const SnapshotPtr quarantine, store_->At(std::string(kQuarantineTable), version));
  BACKCAST_CHECK(MakeView(engine, *store_, QuarantineLayout(), *quarantine, std::string(kQuarantineTable)));
  BACKCAST_TRY(const SnapshotPtr loads, store_->At(std::string(kLoadTable), ledger.version));
  return MakeView(engine, *store_, LoadLayout(), *loads, std::string(kLoadTable));
}

Result<std::vector<LoadRecord>> Lake::Loads() const { return ReadLoads(*store_, "true"); }

Result<std::vector<LoadRecord>> Lake::FindLoads(std::string_view sha256) const {
  BACKCAST_TRY(std::vector<LoadRecord> records, ReadLoads(*store_, "sha256 = " + QuoteText(sha256)));
  std::reverse(records.begin(), records.end());
  return records;
}

Result<std::optional<LoadRecord>> Lake::FindLoad(std::string_view sha256) const {
  BACKCAST_TRY(std::vector<LoadRecord> records, FindLoads(sha256));
  if (records.empty()) return std::optional<LoadRecord>();
  return std::optional<LoadRecord>(std::move(records.front()));
}

}  // namespace backcast
