// SPDX-License-Identifier: Apache-2.0
#include "ingest/repeats.h"

#include <fmt/format.h>

#include <algorithm>

namespace backcast {
namespace {

bool IsNumber(Type type) { return type == Type::kCount || type == Type::kNumber || type == Type::kMoney; }

std::string_view StagedAs(const FactColumn& column) {
  return column.type == Type::kCode ? "VARCHAR" : SqlType(column.type);
}

}  // namespace

Result<Repeats> AddRepeats(DuckDb& engine, const Fact& fact, const std::string& table,
                           std::string_view kind) {
  std::string key, chosen, people = "false";
  for (const std::string& name : fact.key) key += (key.empty() ? "" : ", ") + fmt::format("\"{}\"", name);
  for (const FactColumn& column : fact.columns) {
    const std::string name = fmt::format("\"{}\"", column.name);
    const bool in_key = std::find(fact.key.begin(), fact.key.end(), column.name) != fact.key.end();
    if (in_key) {
      chosen += fmt::format("{}, ", name);
    } else if (!IsNumber(column.type)) {
      chosen += fmt::format("arg_max({0}, line) filter (where {0} is not null) as {0}, ", name);
    } else if (column.adding == Adding::kAdds) {
      chosen += fmt::format("sum({0})::{1} as {0}, ", name, StagedAs(column));
    } else {
      chosen += fmt::format("case when count(*) = 1 then max({0}) end as {0}, ", name);
      people += fmt::format(" or (count(*) > 1 and count({}) > 0)", name);
    }
  }
  // Most files repeat no key; hashes show that in a fraction of the memory of the keys themselves.
  BACKCAST_TRY(
      const Table maybe,
      engine.Run(fmt::format("select (count(*) - count(distinct hash({})))::double from {}", key, table)));
  if (maybe.columns[0].numbers[0] == 0) return Repeats{};
  BACKCAST_TRY(const Table found, engine.Run(fmt::format("select coalesce(sum(n - 1), 0)::double, "
                                                         "coalesce(bool_or(lost), false)::int::double from "
                                                         "(select count(*) as n, {} as lost from {} "
                                                         "group by {} having count(*) > 1)",
                                                         people, table, key)));
  Repeats repeats;
  repeats.added = static_cast<std::int64_t>(found.columns[0].numbers[0]);
  repeats.people_lost = found.columns[1].numbers[0] != 0;
  if (repeats.added == 0) return repeats;
  const std::string added = table + "_added";
  for (const std::string& step :
       {fmt::format("create or replace temp table {} as select {}min(line) as line from {} group by {}",
                    added, chosen, table, key),
        fmt::format("drop {} {}", kind, table), fmt::format("alter table {} rename to {}", added, table)})
    BACKCAST_CHECK(engine.Do(step));
  return repeats;
}

}  // namespace backcast
