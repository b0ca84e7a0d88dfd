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

template <class Range>
void Widen(std::map<std::string, Range>& ranges, const std::string& name, const Range& range) {
  const auto [known, fresh] = ranges.emplace(name, range);
  if (fresh) return;
  known->second.first = std::min(known->second.first, range.first);
  known->second.second = std::max(known->second.second, range.second);
}

/// Nothing when a file does not tell how many rows it has.
std::optional<TableStatistics> StatisticsOf(const Layout& layout, const Snapshot& snapshot) {
  TableStatistics all;
  std::set<std::string> untold;
  for (const auto& [path, file] : snapshot.files) {
    if (file.rows < 0) return std::nullopt;
    all.rows += file.rows;
    for (const LakeColumn& column : layout.columns) {
      const auto integer = file.integers.find(column.name);
      const auto word = file.words.find(column.name);
      const auto nulls = file.nulls.find(column.name);
      if (file.rows > 0 && (nulls == file.nulls.end() || nulls->second > 0))
        all.with_gaps.insert(column.name);
      if (integer != file.integers.end()) {
        Widen(all.integers, column.name, integer->second);
      } else if (word != file.words.end()) {
        Widen(all.words, column.name, word->second);
      } else if (nulls == file.nulls.end() || nulls->second < file.rows) {
        untold.insert(column.name);
      }
    }
  }
  for (const LakeColumn& column : layout.columns) {
    if (untold.contains(column.name)) {
      all.integers.erase(column.name);
      all.words.erase(column.name);
    } else if (!all.integers.contains(column.name) && !all.words.contains(column.name)) {
      all.missing.insert(column.name);
    }
  }
  return all;
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

Result<LakeStatistics> Lake::Attach(DuckDb& engine, std::optional<Day> as_of) const {
  std::optional<std::int64_t> end;
  if (as_of) end = (as_of->time_since_epoch().count() + std::int64_t{1}) * 86'400'000 - 1;
  BACKCAST_TRY(const Ledger ledger, ReadLedger(*store_, end));
  const auto version_of = [&](const std::string& table) -> Result<std::int64_t> {
    if (!as_of) return VisibleVersion(*store_, ledger, table);
    const auto found = ledger.tables.find(table);
    return found == ledger.tables.end() ? -1 : found->second;
  };
  LakeStatistics statistics;
  std::set<std::string> filled;
  for (const Fact& fact : schemas_.all()) {
    BACKCAST_TRY(const std::int64_t version, version_of(fact.id));
    BACKCAST_TRY(const SnapshotPtr snapshot, store_->At(fact.id, version));
    BACKCAST_TRY(const Layout layout, LayoutOf(fact, *snapshot));
    const std::string delivered = fact.id + "_as_delivered";
    const std::string derived = Derived(fact, schemas_, filled, delivered);
    BACKCAST_CHECK(MakeView(engine, *store_, layout, *snapshot, derived.empty() ? fact.id : delivered));
    if (!snapshot->files.empty()) filled.insert(fact.id);
    if (derived.empty()) {
      if (auto told = StatisticsOf(layout, *snapshot)) statistics.emplace(fact.id, std::move(*told));
      continue;
    }
    BACKCAST_CHECK(engine.Do("create or replace view " + QuoteName(fact.id) + " as " + derived));
  }
  BACKCAST_TRY(const std::int64_t version, version_of(std::string(kQuarantineTable)));
  BACKCAST_TRY(const SnapshotPtr quarantine, store_->At(std::string(kQuarantineTable), version));
  BACKCAST_CHECK(MakeView(engine, *store_, QuarantineLayout(), *quarantine, std::string(kQuarantineTable)));
  BACKCAST_TRY(const SnapshotPtr loads, store_->At(std::string(kLoadTable), ledger.version));
  BACKCAST_CHECK(MakeView(engine, *store_, LoadLayout(), *loads, std::string(kLoadTable)));
  return statistics;
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
