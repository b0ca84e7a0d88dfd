// SPDX-License-Identifier: Apache-2.0
#include "lake/upsert.h"

#include <algorithm>
#include <functional>

#include "lake/staging.h"
#include "lake/write/slices.h"

namespace backcast {
namespace {

using Files = std::vector<const DataFile*>;

constexpr std::string_view kChange = "\"lake change\"";
constexpr std::int64_t kManyRows = 200'000;    // from here on new rows are written as they come
constexpr std::int64_t kRowsAtOnce = 1 << 19;  // rows compared or written by one statement, to bound memory

bool Countable(const std::string& type) {
  return type == "BIGINT" || type == "DOUBLE" || type.starts_with("DECIMAL");
}

bool Contains(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// False when the file's ranges show that none of the staged keys is in it.
bool MayHold(const DataFile& file, const Incoming& incoming, const Layout& layout) {
  for (const std::string& name : layout.key) {
    if (incoming.with_gaps.contains(name)) continue;  // a missing key part is in no range
    const auto integers = incoming.integers.find(name);
    const auto held = file.integers.find(name);
    if (integers != incoming.integers.end() && held != file.integers.end() &&
        (integers->second.second < held->second.first || integers->second.first > held->second.second)) {
      return false;
    }
    const auto words = incoming.words.find(name);
    const auto spoken = file.words.find(name);
    if (words != incoming.words.end() && spoken != file.words.end() &&
        (words->second.second < spoken->second.first || words->second.first > spoken->second.second)) {
      return false;
    }
  }
  return true;
}

/// Staged rows of some months against the files that may hold their keys.
struct Batch {
  std::vector<std::optional<std::string>> months;  ///< empty: all rows
  Files files;
  std::int64_t rows = 0;  ///< in files
};

class Upserter {
 public:
  Upserter(DuckDb& engine, const Store& store, const Fact& fact, const Snapshot& snapshot,
           const Layout& layout, const Incoming& incoming, const Slices* slices)
      : engine_(engine),
        store_(store),
        fact_(fact),
        snapshot_(snapshot),
        layout_(layout),
        incoming_(incoming),
        slices_(slices) {}

  Result<Upsert> Run() {
    Batch plain;
    const std::vector<Batch> compared = Plan(plain);
    for (const Batch& batch : compared) BACKCAST_CHECK(Kept(Compare(batch)));
    if (compared.empty() || !plain.months.empty()) BACKCAST_CHECK(Kept(Append(plain, compared.empty())));
    Change& change = upsert_.change;
    change.repeated = incoming_.repeated;
    upsert_.fresh_unstaged = incoming_.fresh_unstaged;
    change.new_rows -= incoming_.fresh_unstaged;
    change.unchanged = incoming_.staged - incoming_.repeated - change.new_rows - change.restated;
    return std::move(upsert_);
  }

 private:
  /// Passes an answer on, and takes back what was written when it is an error.
  Result<Done> Kept(Result<Done> result) {
    if (!result.ok()) Discard(store_, layout_, upsert_.add);
    return result;
  }

  /// Batches of months that must be compared; months without a file that may hold their keys go to `plain`.
  std::vector<Batch> Plan(Batch& plain) const {
    std::vector<Batch> batches;
    const bool by_month = !layout_.day.empty() && Contains(layout_.key, layout_.day);
    if (!by_month) {
      Batch all;
      for (const auto& [path, file] : snapshot_.files) {
        if (MayHold(file, incoming_, layout_)) all.files.push_back(&file);
      }
      if (!all.files.empty()) batches.push_back(std::move(all));
      return batches;
    }
    for (const auto& month : incoming_.months) {
      Batch one;
      for (const auto& [path, file] : snapshot_.files) {
        if (file.month != month || !MayHold(file, incoming_, layout_)) continue;
        one.files.push_back(&file);
        one.rows += file.rows < 0 ? kRowsAtOnce : file.rows;
      }
      if (one.files.empty()) {
        plain.months.push_back(month);
      } else if (batches.empty() || batches.back().rows + one.rows > kRowsAtOnce) {
        one.months = {month};
        batches.push_back(std::move(one));
      } else {
        Batch& last = batches.back();
        last.months.push_back(month);
        last.files.insert(last.files.end(), one.files.begin(), one.files.end());
        last.rows += one.rows;
      }
    }
    return batches;
  }

  /// The incoming rows of these months.
  std::string Rows(const std::vector<std::optional<std::string>>& months) const {
    if (months.empty() || months.size() == incoming_.months.size()) return incoming_.select;
    std::string where;
    for (const auto& month : months) {
      const std::string day = "\"" + layout_.day + "\"";
      const std::string first = month ? "date '" + *month + "-01'" : "";
      where += (where.empty() ? "" : " or ") +
               (month ? "(" + day + " >= " + first + " and " + day + " < " + first + " + interval 1 month)"
                      : day + " is null");
    }
    return "select * from (" + incoming_.select + ") where " + where;
  }

  Result<Done> Append(const Batch& plain, bool everything) {
    const std::int64_t expected = incoming_.staged - incoming_.repeated + incoming_.fresh_unstaged;
    if (everything && expected == 0) return Done{};
    const Sorting sorting = expected > kManyRows ? Sorting::kAsTheyCome : Sorting::kSort;
    if (everything && incoming_.ready) {
      BACKCAST_TRY(upsert_.add, TakeFiles(store_, layout_, slices_->files));
      upsert_.change.new_rows = incoming_.staged;
      return Done{};
    }
    if (incoming_.months.empty()) return WriteNew({}, sorting);
    std::vector<std::optional<std::string>> some;
    std::int64_t rows = 0;
    for (std::size_t i = 0; i < incoming_.months.size(); ++i) {
      const auto& month = incoming_.months[i];
      if (!everything && std::find(plain.months.begin(), plain.months.end(), month) == plain.months.end())
        continue;
      if (!some.empty() && rows + incoming_.month_rows[i] > kRowsAtOnce) {
        BACKCAST_CHECK(WriteNew(some, sorting));
        some.clear();
        rows = 0;
      }
      some.push_back(month);
      rows += incoming_.month_rows[i];
    }
    return WriteNew(some, sorting);
  }

  /// Writes staged rows of these months that need no comparing.
  Result<Done> WriteNew(const std::vector<std::optional<std::string>>& months, Sorting sorting) {
    BACKCAST_TRY(std::vector<DataFile> files, WriteFiles(engine_, store_, layout_, Rows(months), sorting));
    for (DataFile& file : files) {
      upsert_.change.new_rows += file.rows;
      upsert_.add.push_back(std::move(file));
    }
    return Done{};
  }

  std::vector<LakeColumn> Values() const {
    std::vector<LakeColumn> values;
    for (const LakeColumn& column : layout_.columns) {
      const bool lineage =
          std::find(std::begin(kLineage), std::end(kLineage), column.name) != std::end(kLineage);
      const bool number = fact_.is_dimension && column.name == fact_.id + "_key";
      if (!lineage && !number && !Contains(layout_.key, column.name)) values.push_back(column);
    }
    return values;
  }

  bool KeepsOld(const LakeColumn& column) const {
    return fact_.is_dimension || incoming_.missing.contains(column.name) ||
           fact_.Find(column.name) == nullptr;
  }

  /// The statement that makes kChange: new rows (no file) and restated rows (file and position of the old
  /// one).
  std::string CompareSql(const Batch& batch) const {
    const std::vector<LakeColumn> values = Values();
    std::string columns;
    std::string changed;
    for (const LakeColumn& column : layout_.columns) {
      const std::string name = QuoteName(column.name);
      const bool value = std::find(values.begin(), values.end(), column) != values.end();
      columns += value && KeepsOld(column) ? "coalesce(s." + name + ", e." + name + ") as " + name + ", "
                                           : "s." + name + ", ";
      if (!value || incoming_.missing.contains(column.name) || fact_.Find(column.name) == nullptr) continue;
      const std::string differs = "s." + name + " is distinct from e." + name;
      changed += " or " + (fact_.is_dimension ? "(s." + name + " is not null and " + differs + ")" : differs);
    }
    for (const LakeColumn& column : values) {
      if (Countable(column.type))
        columns += "e." + QuoteName(column.name) + " as " + QuoteName("old " + column.name) + ", ";
    }
    std::string on;
    for (const std::string& name : layout_.key) {
      const std::string quoted = QuoteName(name);
      on += (on.empty() ? "" : " and ") + std::string("s.") + quoted +
            (incoming_.with_gaps.contains(name) ? " is not distinct from e." : " = e.") + quoted;
    }
    std::string existing = FilesSql(store_, layout_, snapshot_, batch.files, true);
    const auto days = incoming_.words.find(layout_.day);
    if (Contains(layout_.key, layout_.day) && days != incoming_.words.end() &&
        !incoming_.with_gaps.contains(layout_.day)) {
      existing = "(select * from " + existing + " where " + QuoteName(layout_.day) + " between date '" +
                 days->second.first + "' and date '" + days->second.second + "')";
    }
    return "create or replace temp table " + std::string(kChange) + " as select " + columns +
           "e.filename as \"old file\", e.file_row_number as \"old row\" from (" + Rows(batch.months) +
           ") s left join " + existing + " e on " + on + " where e.filename is null" + changed;
  }

  Result<Done> Compare(const Batch& batch) {
    BACKCAST_CHECK(engine_.Do(CompareSql(batch)));
    std::string sums;
    std::vector<std::string> counted;
    for (const LakeColumn& column : Values()) {
      if (!Countable(column.type) || fact_.Find(column.name) == nullptr ||
          fact_.Find(column.name)->type == Type::kCode)
        continue;
      const std::string name = QuoteName(column.name);
      const std::string old = QuoteName("old " + column.name);
      sums += ", sum(coalesce(" + name + ", 0) - coalesce(" + old +
              ", 0)) filter (where \"old file\" is not null and " + name + " is distinct from " + old +
              ")::double";
      counted.push_back(column.name);
    }
    BACKCAST_TRY(const Table table, engine_.Run("select count(*) - count(\"old file\"), count(\"old file\")" +
                                                sums + " from " + std::string(kChange)));
    const auto fresh = static_cast<std::int64_t>(table.columns[0].numbers[0]);
    const auto restated = static_cast<std::int64_t>(table.columns[1].numbers[0]);
    upsert_.change.new_rows += fresh;
    upsert_.change.restated += restated;
    for (std::size_t i = 0; i < counted.size(); ++i) {
      if (table.columns[i + 2].present[0] != 0)
        upsert_.change.restated_by[counted[i]] += table.columns[i + 2].numbers[0];
    }
    if (fresh + restated == 0) return Done{};
    return Rewrite(batch);
  }

  /// Writes the changed rows together with the untouched rows of every file that held an old one.
  Result<Done> Rewrite(const Batch& batch) {
    BACKCAST_TRY(const Table touched, engine_.Run("select distinct \"old file\" from " +
                                                  std::string(kChange) + " where \"old file\" is not null"));
    Files old;
    for (const std::string& path : touched.columns[0].words) {
      const auto file = std::find_if(batch.files.begin(), batch.files.end(),
                                     [&](const DataFile* f) { return path.ends_with("/" + f->path); });
      if (file == batch.files.end())
        return Error{Code::kInternal, path, "a file that is not in this version", ""};
      old.push_back(*file);
    }
    std::string select = "select " + ColumnList(layout_.columns) + " from " + std::string(kChange);
    if (!old.empty()) {
      select += " union all select " + ColumnList(layout_.columns, "e.") + " from " +
                FilesSql(store_, layout_, snapshot_, old, true) + " e anti join " + std::string(kChange) +
                " c on e.filename = c.\"old file\" and e.file_row_number = c.\"old row\"";
    }
    BACKCAST_TRY(std::vector<DataFile> files, WriteFiles(engine_, store_, layout_, select));
    for (DataFile& file : files) upsert_.add.push_back(std::move(file));
    for (const DataFile* file : old) upsert_.remove.push_back(file->path);
    return Done{};
  }

  DuckDb& engine_;
  const Store& store_;
  const Fact& fact_;
  const Snapshot& snapshot_;
  const Layout& layout_;
  const Incoming& incoming_;
  const Slices* slices_;  ///< of a large load; or nullptr
  Upsert upsert_;
};

}  // namespace

Result<Upsert> PrepareUpsert(DuckDb& engine, const Store& store, const Schemas& schemas,
                             const Snapshot& snapshot, const Staged& staged, const Load& load,
                             std::int64_t load_id) {
  const Fact& fact = *schemas.Find(staged.fact);
  BACKCAST_TRY(const Layout layout, LayoutOf(fact, snapshot));
  BACKCAST_TRY(const Incoming incoming, Look(engine, fact, layout, staged, load, load_id));
  BACKCAST_TRY(Upsert upsert,
               Upserter(engine, store, fact, snapshot, layout, incoming, staged.slices.get()).Run());
  upsert.change.fact = fact.id;
  if (const auto days = incoming.words.find(fact.day); days != incoming.words.end()) {
    upsert.change.from = days->second.first;
    upsert.change.to = days->second.second;
  }
  return upsert;
}

}  // namespace backcast
