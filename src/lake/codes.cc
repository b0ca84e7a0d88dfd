// SPDX-License-Identifier: Apache-2.0
#include "lake/codes.h"

#include <algorithm>

#include "lake/write/slices.h"

namespace backcast {
namespace {

/// Every place where the staged tables name an id of the dimension: (natural, line, nth staged table).
std::string Places(const Fact& dimension, const Schemas& schemas, const std::vector<Staged>& staged) {
  std::string sql;
  for (std::size_t i = 0; i < staged.size(); ++i) {
    const Fact* fact = schemas.Find(staged[i].fact);
    std::vector<std::string> columns;
    if (fact->id == dimension.id) columns.emplace_back("natural");
    for (const FactColumn& column : fact->columns) {
      if (column.type == Type::kCode && column.of == dimension.id) columns.push_back(column.name);
    }
    for (const std::string& column : columns) {
      std::string from = QuoteName(staged[i].table);
      std::string natural = QuoteName(column);
      const bool listed = staged[i].slices != nullptr && staged[i].slices->ids.contains(column);
      if (listed) from = staged[i].slices->ids.at(column), natural = "\"natural\"";
      sql += (sql.empty() ? "" : " union all ") + std::string("select ") + natural +
             " as \"natural\", coalesce(line, 0) as line, " + std::to_string(i) + " as nth from " + from;
    }
  }
  return sql;
}

/// The greatest number given so far.
Result<std::int64_t> Greatest(DuckDb& engine, const Store& store, const Layout& layout,
                              const Snapshot& snapshot) {
  const std::string key = layout.table + "_key";
  std::int64_t greatest = 0;
  std::vector<const DataFile*> silent;
  for (const auto& [path, file] : snapshot.files) {
    const auto range = file.integers.find(key);
    if (range == file.integers.end()) {
      silent.push_back(&file);
    } else {
      greatest = std::max(greatest, range->second.second);
    }
  }
  if (silent.empty()) return greatest;
  BACKCAST_TRY(const Table table, engine.Run("select coalesce(max(" + QuoteName(key) + "), 0)::double from " +
                                             FilesSql(store, layout, snapshot, silent)));
  return std::max(greatest, static_cast<std::int64_t>(table.columns[0].numbers[0]));
}

}  // namespace

std::string CodeTable(const std::string& dimension) { return QuoteName("lake code " + dimension); }

std::vector<const Fact*> DimensionsOf(const Schemas& schemas, const std::vector<Staged>& staged) {
  std::vector<const Fact*> dimensions;
  for (const Fact& dimension : schemas.all()) {
    if (dimension.is_dimension && !Places(dimension, schemas, staged).empty())
      dimensions.push_back(&dimension);
  }
  return dimensions;
}

Result<std::int64_t> Code(DuckDb& engine, const Store& store, const Fact& dimension, const Snapshot& snapshot,
                          const Schemas& schemas, const std::vector<Staged>& staged) {
  BACKCAST_TRY(const Layout layout, LayoutOf(dimension, snapshot));
  BACKCAST_TRY(const std::int64_t greatest, Greatest(engine, store, layout, snapshot));
  std::vector<const DataFile*> files;
  for (const auto& [path, file] : snapshot.files) files.push_back(&file);
  const std::string key = QuoteName(dimension.id + "_key");
  // min_by over (nth, line) in one number: 40 bits hold a trillion lines.
  BACKCAST_CHECK(engine.Do(
      "create or replace temp table " + CodeTable(dimension.id) +
      " as "
      "with seen as (select \"natural\", min(nth * 1099511627776 + line) as place from (" +
      Places(dimension, schemas, staged) +
      ") where \"natural\" is not null group by \"natural\"), "
      "known as (select s.\"natural\", s.place, d." +
      key + " as old from seen s left join " + FilesSql(store, layout, snapshot, files) +
      " d on s.\"natural\" = d.\"natural\") "
      "select \"natural\", coalesce(old, " +
      std::to_string(greatest) +
      " + row_number() over (partition by old is null order by place, \"natural\"))::bigint as key, "
      "old is null as fresh, (place % 1099511627776)::bigint as line from known"));
  BACKCAST_TRY(const Table fresh,
               engine.Run("select count(*) from " + CodeTable(dimension.id) + " where fresh"));
  return static_cast<std::int64_t>(fresh.columns[0].numbers[0]);
}

}  // namespace backcast
