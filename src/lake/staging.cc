// SPDX-License-Identifier: Apache-2.0
#include "lake/staging.h"

#include <algorithm>

#include "lake/codes.h"
#include "lake/write/slices.h"

namespace backcast {
namespace {

constexpr std::string_view kLosers = "\"lake losers\"";

std::string Joined(const std::vector<std::string>& names, std::string_view prefix) {
  std::string list;
  for (const std::string& name : names)
    list += (list.empty() ? "" : ", ") + std::string(prefix) + QuoteName(name);
  return list;
}

/// Makes the table of row ids that a later row of the same key replaces; true when there are any. Hashing all
/// keys into one number and looking at the few that collide is much cheaper than a window over every row.
Result<std::int64_t> FindLosers(DuckDb& engine, const Layout& layout, const std::string& table) {
  const std::string keys = Joined(layout.key, "");
  BACKCAST_CHECK(engine.Do("create or replace temp table \"lake twice\" as select hash(" + keys +
                           ") as h from " + table + " group by 1 having count(*) > 1"));
  BACKCAST_CHECK(engine.Do("create or replace temp table " + std::string(kLosers) +
                           " as select id from (select s.rowid as id, row_number() over (partition by " +
                           keys + " order by line desc nulls last, s.rowid desc) as place from " + table +
                           " s semi join \"lake twice\" t on hash(" + keys + ") = t.h) where place > 1"));
  BACKCAST_TRY(const Table count, engine.Run("select count(*) from " + std::string(kLosers)));
  return static_cast<std::int64_t>(count.columns[0].numbers[0]);
}

/// Values per column, and ranges of what can prune files.
Result<Done> Measure(DuckDb& engine, const Fact& fact, const Layout& layout, const std::string& table,
                     Incoming& incoming) {
  std::vector<std::string> names;
  if (fact.is_dimension) names.emplace_back("natural");
  for (const FactColumn& column : fact.columns) names.push_back(column.name);
  std::string sql = "select count(*) as n";
  for (const std::string& name : names) sql += ", count(" + QuoteName(name) + ")";
  std::vector<std::string> ranged;
  for (const std::string& name : names) {
    const FactColumn* column = fact.Find(name);
    const bool key = std::find(layout.key.begin(), layout.key.end(), name) != layout.key.end();
    const bool coded = column != nullptr && column->type == Type::kCode;
    if ((key && !coded) || name == layout.day) ranged.push_back(name);
  }
  for (const std::string& name : ranged)
    sql += ", min(" + QuoteName(name) + ")::varchar, max(" + QuoteName(name) + ")::varchar";
  BACKCAST_TRY(const Table table_stats, engine.Run(sql + " from " + table));
  const auto number = [&](std::size_t at) {
    return static_cast<std::int64_t>(table_stats.columns[at].numbers[0]);
  };
  incoming.staged = number(0);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (number(i + 1) == 0) incoming.missing.insert(names[i]);
    if (number(i + 1) < incoming.staged) incoming.with_gaps.insert(names[i]);
  }
  for (std::size_t i = 0; i < ranged.size(); ++i) {
    const Column& least = table_stats.columns[1 + names.size() + 2 * i];
    const Column& most = table_stats.columns[2 + names.size() + 2 * i];
    if (least.present[0] == 0) continue;
    const FactColumn* column = fact.Find(ranged[i]);
    if (column != nullptr && column->type == Type::kCount) {
      incoming.integers[ranged[i]] = {std::stoll(least.words[0]), std::stoll(most.words[0])};
    } else if (column == nullptr || column->type == Type::kLabel || column->type == Type::kText ||
               column->type == Type::kDay) {
      incoming.words[ranged[i]] = {least.words[0], most.words[0]};
    }
  }
  return Done{};
}

/// What Measure and FindMonths would find, from what is known of the files.
void MeasureFiles(const Fact& fact, const Layout& layout, const Slices& slices, Incoming& incoming) {
  incoming.staged = slices.rows();
  for (const auto& [name, nulls] : slices.nulls) {
    if (fact.Find(name) == nullptr) continue;
    if (nulls == incoming.staged) incoming.missing.insert(name);
    if (nulls > 0) incoming.with_gaps.insert(name);
  }
  const auto widen = [](auto& ranges, const std::string& name, const auto& range) {
    const auto [held, is_new] = ranges.try_emplace(name, range);
    if (is_new) return;
    held->second.first = std::min(held->second.first, range.first);
    held->second.second = std::max(held->second.second, range.second);
  };
  std::set<std::string> unbounded;  // a file without bounds could hold anything
  for (const DataFile& file : slices.files) {
    for (const std::string& name : layout.key) {
      const FactColumn& column = *fact.Find(name);
      if (const auto range = file.integers.find(name);
          column.type == Type::kCount && range != file.integers.end())
        widen(incoming.integers, name, range->second);
    }
    for (const FactColumn& column : fact.columns) {
      const auto range = file.words.find(column.name);
      const bool ranged = column.name == layout.day ||
                          std::find(layout.key.begin(), layout.key.end(), column.name) != layout.key.end();
      if (!ranged || slices.nulls.at(column.name) == incoming.staged) continue;
      if (range != file.words.end()) {
        widen(incoming.words, column.name, range->second);
      } else {
        unbounded.insert(column.name);
      }
    }
  }
  for (const std::string& name : unbounded) incoming.words.erase(name);
  std::vector<const DataFile*> by_month;
  for (const DataFile& file : slices.files) by_month.push_back(&file);
  std::sort(by_month.begin(), by_month.end(), [](const DataFile* a, const DataFile* b) {
    return a->month && b->month ? *a->month < *b->month : a->month.has_value() && !b->month.has_value();
  });
  for (const DataFile* file : by_month) {
    incoming.months.push_back(file->month);
    incoming.month_rows.push_back(file->rows);
  }
}

/// Whether a key comes twice in the files; two rows of one key lie in one of them.
Result<bool> RepeatsInFiles(DuckDb& engine, const Layout& layout, const Slices& slices) {
  constexpr std::int64_t kRowsAtOnce = 1 << 19;
  if (slices.no_repeats) return false;
  Slices some;
  some.folder_length = slices.folder_length;
  std::int64_t rows = 0;
  for (std::size_t i = 0; i < slices.files.size(); ++i) {
    some.files.push_back(slices.files[i]);
    rows += slices.files[i].rows;
    if (rows < kRowsAtOnce && i + 1 < slices.files.size()) continue;
    BACKCAST_TRY(const Table twice, engine.Run("select 1 from " + RawSlices(some) + " group by hash(" +
                                               Joined(layout.key, "") + ") having count(*) > 1 limit 1"));
    if (twice.rows > 0) return true;
    some.files.clear();
    rows = 0;
  }
  return false;
}

/// Whether the numbers that ids got while the load was read are the ones that they have in the lake.
Result<bool> NumbersAreKeys(DuckDb& engine, const Fact& fact, const Slices& slices) {
  for (const auto& [column, table] : slices.ids) {
    BACKCAST_TRY(const Table wrong,
                 engine.Run("select 1 from " + table + " i join " + CodeTable(fact.Find(column)->of) +
                            " c on i.\"natural\" = c.\"natural\" where i.number <> c.key limit 1"));
    if (wrong.rows > 0) return false;
  }
  return true;
}

Result<Done> FindMonths(DuckDb& engine, const Layout& layout, const std::string& table, Incoming& incoming) {
  if (layout.day.empty()) return Done{};
  BACKCAST_TRY(
      const Table months,
      engine.Run("select left(m::varchar, 7), n from (select date_trunc('month', " + QuoteName(layout.day) +
                 ") as m, count(*) as n from " + table + " group by m) order by m"));
  for (std::size_t row = 0; row < months.rows; ++row) {
    const bool present = months.columns[0].present[row] != 0;
    incoming.months.push_back(present ? std::optional(months.columns[0].words[row]) : std::nullopt);
    incoming.month_rows.push_back(static_cast<std::int64_t>(months.columns[1].numbers[row]));
  }
  return Done{};
}

std::string Lineage(const Load& load, std::int64_t load_id) {
  return QuoteText(load.source) + "::varchar as source, " + std::to_string(load_id) + "::bigint as load_id";
}

/// Columns of the lake that this fact has no more are carried as missing.
std::string Retired(const Fact& fact, const Layout& layout) {
  std::string list;
  for (const LakeColumn& column : layout.columns) {
    const bool lineage =
        std::find(std::begin(kLineage), std::end(kLineage), column.name) != std::end(kLineage);
    const bool own = fact.is_dimension && (column.name == "natural" || column.name == fact.id + "_key");
    if (lineage || own || fact.Find(column.name) != nullptr) continue;
    list += ", null::" + column.type + " as " + QuoteName(column.name);
  }
  return list;
}

/// What a staged column of ids is compared with, and the table that has its key.
struct Coding {
  bool done = false;                       ///< the column holds keys already
  std::map<std::string, std::string> ids;  ///< column -> table (number, "natural") when it holds numbers
};

std::string FactSelect(const Fact& fact, const Layout& layout, const std::string& table, bool losers,
                       const std::string& lineage, const Coding& coding) {
  std::string columns;
  std::string joins;
  int nth = 0;
  for (const FactColumn& column : fact.columns) {
    if (column.type != Type::kCode || coding.done) {
      columns += "s." + QuoteName(column.name) + ", ";
      continue;
    }
    std::string alias("c");
    alias += std::to_string(nth++);
    columns += alias + ".key as " + QuoteName(column.name) + ", ";
    const auto ids = coding.ids.find(column.name);
    const bool numbered = ids != coding.ids.end();
    const std::string codes = numbered ? "(select i.number, c.key from " + ids->second + " i join " +
                                             CodeTable(column.of) + " c on i.\"natural\" = c.\"natural\")"
                                       : CodeTable(column.of);
    joins += " left join " + codes + " " + alias + " on s." + QuoteName(column.name) + " = " + alias +
             (numbered ? ".number" : ".\"natural\"");
  }
  std::string from = table + " s";
  if (losers)
    from = "(select * from " + table + " where rowid not in (select id from " + std::string(kLosers) + ")) s";
  return "select " + columns + lineage + ", s.line" + Retired(fact, layout) + " from " + from + joins;
}

/// A dimension's rows: per id the newest value that is there, attribute by attribute; ids that only facts
/// name have none.
std::string DimensionSelect(const Fact& fact, const Layout& layout, const std::string& table, bool losers,
                            const std::string& lineage) {
  std::string rows = table;
  if (losers) {
    rows = "(select \"natural\"";
    for (const FactColumn& column : fact.columns) {
      const std::string name = QuoteName(column.name);
      rows += ", arg_max(" + name + ", {'l': coalesce(line, 0), 'r': id}) filter (where " + name +
              " is not null) as " + name;
    }
    rows += ", max(line) as line from (select *, rowid as id from " + table + ") group by \"natural\")";
  }
  std::string columns = "c.key as " + QuoteName(fact.id + "_key") + ", c.\"natural\", ";
  for (const FactColumn& column : fact.columns) columns += "s." + QuoteName(column.name) + ", ";
  return "select " + columns + lineage + ", coalesce(s.line, c.line) as line" + Retired(fact, layout) +
         " from " + CodeTable(fact.id) + " c left join " + rows +
         " s on c.\"natural\" = s.\"natural\" where c.fresh or s.\"natural\" is not null";
}

}  // namespace

Result<Incoming> Look(DuckDb& engine, const Fact& fact, const Layout& layout, const Staged& staged,
                      const Load& load, std::int64_t load_id) {
  Incoming incoming;
  const bool named_only = staged.table.empty();  // a dimension that only facts name
  std::string table = QuoteName(staged.table);
  if (named_only) {
    table = "\"lake nothing\"";
    std::string columns = "\"natural\" varchar";
    for (const FactColumn& column : fact.columns)
      columns += ", " + QuoteName(column.name) + " " + std::string(SqlType(column.type));
    BACKCAST_CHECK(engine.Do("create or replace temp table " + table + " (" + columns + ", line bigint)"));
  }
  const bool by_month = std::find(layout.key.begin(), layout.key.end(), layout.day) != layout.key.end();
  const Slices* slices = staged.slices.get();
  Coding coding;
  if (slices != nullptr && slices->as_staged && slices->one_number && by_month) {
    table = RawSlices(*slices);
    coding.ids = slices->ids;
    MeasureFiles(fact, layout, *slices, incoming);
    BACKCAST_TRY(const bool repeats, RepeatsInFiles(engine, layout, *slices));
    if (repeats) {
      BACKCAST_TRY(incoming.repeated, FindLosers(engine, layout, table));
    }
    BACKCAST_TRY(coding.done, NumbersAreKeys(engine, fact, *slices));
    incoming.ready =
        coding.done && !repeats && slices->load_id == load_id && slices->columns == layout.columns;
  } else {
    BACKCAST_CHECK(Measure(engine, fact, layout, table, incoming));
    BACKCAST_TRY(incoming.repeated, FindLosers(engine, layout, table));
    BACKCAST_CHECK(FindMonths(engine, layout, table, incoming));
  }
  const std::string lineage = Lineage(load, load_id);
  if (!fact.is_dimension) {
    incoming.select = FactSelect(fact, layout, table, incoming.repeated > 0, lineage, coding);
    for (const FactColumn& column : fact.columns) {
      const bool key = std::find(layout.key.begin(), layout.key.end(), column.name) != layout.key.end();
      if (column.type != Type::kCode || !key) continue;
      BACKCAST_TRY(const Table range,
                   engine.Run("select min(key)::varchar, max(key)::varchar from " + CodeTable(column.of)));
      if (range.columns[0].present[0] == 0) continue;
      incoming.integers[column.name] = {std::stoll(range.columns[0].words[0]),
                                        std::stoll(range.columns[1].words[0])};
    }
    return incoming;
  }
  if (incoming.with_gaps.contains("natural")) {
    return Error{Code::kInput, load.file, "a row of " + fact.id + " has no id",
                 "every row of a dimension needs one"};
  }
  incoming.select = DimensionSelect(fact, layout, table, incoming.repeated > 0, lineage);
  BACKCAST_TRY(const Table unstaged,
               engine.Run("select count(*) from " + CodeTable(fact.id) +
                          " where fresh and \"natural\" not in (select \"natural\" from " + table + ")"));
  incoming.fresh_unstaged = static_cast<std::int64_t>(unstaged.columns[0].numbers[0]);
  if (incoming.fresh_unstaged > 0)
    incoming.words.clear();  // their ids are outside the staged range, but new anyway
  return incoming;
}

}  // namespace backcast
