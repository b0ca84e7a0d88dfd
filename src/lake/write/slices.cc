// SPDX-License-Identifier: Apache-2.0
#include "lake/write/slices.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <numeric>

#include "base/day.h"
#include "lake/parquet.h"

namespace backcast {
namespace {

constexpr std::size_t kGroupRows = 122'880;   // of a row group, as the engine writes them
constexpr std::size_t kHandedOver = 1 << 15;  // rows
constexpr std::size_t kMostPiles = 300;       // open files
constexpr std::size_t kNameDigits = 6;
constexpr std::string_view kNoDay = "none", kMixed = "mixed", kAll = "all";

std::vector<LakeColumn> ColumnsOf(const Fact& fact) {
  std::vector<LakeColumn> columns;
  if (fact.is_dimension) columns.push_back({"natural", "VARCHAR"});
  for (const FactColumn& column : fact.columns)
    columns.push_back({column.name, std::string(SqlType(column.type))});
  if (!fact.is_dimension) columns.insert(columns.end(), {{"source", "VARCHAR"}, {"load_id", "BIGINT"}});
  columns.push_back({"line", "BIGINT"});
  return columns;
}

std::string MonthOf(std::int64_t day) { return ToIso(Day(std::chrono::days(day))).substr(0, 7); }

using WordRange = std::pair<std::string, std::string>;

WordRange IsoRange(const std::pair<std::int64_t, std::int64_t>& days) {
  return {ToIso(Day(std::chrono::days(days.first))), ToIso(Day(std::chrono::days(days.second)))};
}

void Widen(const WordRange& range, const std::string& name, std::map<std::string, WordRange>& ranges) {
  const auto [held, is_new] = ranges.try_emplace(name, range);
  if (is_new) return;
  held->second.first = std::min(held->second.first, range.first);
  held->second.second = std::max(held->second.second, range.second);
}

/// Ranges and counts of a finished file, as the lake's log has them.
DataFile Noted(const ParquetFile& file, const std::optional<std::string>& month, const Fact& fact,
               const std::vector<LakeColumn>& columns) {
  DataFile noted;
  noted.path = file.path();
  noted.month = month;
  noted.rows = file.rows();
  for (const LakeColumn& column : columns) {
    const bool key = std::find(fact.key.begin(), fact.key.end(), column.name) != fact.key.end();
    const auto integers = file.integers().find(column.name);
    const auto words = file.words().find(column.name);
    if (integers != file.integers().end() && column.type == "BIGINT") {
      noted.integers[column.name] = integers->second;
    } else if (integers != file.integers().end() && column.type == "DATE") {
      noted.words[column.name] = IsoRange(integers->second);
    } else if (key && words != file.words().end() &&
               std::max(words->second.first.size(), words->second.second.size()) <= kLongestBound) {
      noted.words[column.name] = words->second;
    }
  }
  noted.stats = StatsJson(noted, file.nulls());
  return noted;
}

std::string IdTable(const std::string& table, const std::string& column) {
  return "\"" + table + " ids " + column + "\"";
}

}  // namespace

std::int64_t Slices::rows() const {
  return std::accumulate(files.begin(), files.end(), std::int64_t{0},
                         [](std::int64_t sum, const DataFile& file) { return sum + file.rows; });
}

bool KeyWatch::Insert(std::uint64_t hash) {
  if (held_ * 2 >= slots_.size()) {
    std::vector<std::uint64_t> before = std::move(slots_);
    slots_.assign(std::max<std::size_t>(1024, before.size() * 2), 0);
    held_ = 0;
    for (const std::uint64_t old : before) {
      if (old != 0) Insert(old);
    }
  }
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at] == hash) return false;
  }
  slots_[at] = hash;
  ++held_;
  return true;
}

void KeyWatch::Watch(const RowBatch& batch) {
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15ULL;
  if (!certain_) return;
  const ColumnBuffer& days = batch.columns[day_];
  for (std::size_t row = 0; certain_ && row < batch.rows; ++row) {
    if (days.present[row] == 0) {
      certain_ = false;
      return;
    }
    if (today_ != days.integers[row]) {
      today_ = days.integers[row];
      certain_ = days_.insert(*today_).second;
      slots_.assign(std::bit_ceil(std::max<std::size_t>(held_, 512)) * 2, 0);  // as large as yesterday's
      held_ = 0;
    }
    std::uint64_t hash = kMix;
    for (const std::size_t at : columns_) {
      const ColumnBuffer& column = batch.columns[at];
      std::uint64_t value = 0;
      if (column.present[row] != 0) {
        value = 1 + (!column.integers.empty()  ? static_cast<std::uint64_t>(column.integers[row])
                     : !column.numbers.empty() ? std::hash<double>()(column.numbers[row])
                                               : std::hash<std::string_view>()(column.words[row]));
      }
      hash = (hash ^ value) * kMix;
      hash ^= hash >> 29;
    }
    certain_ = certain_ && Insert(hash | 1);
  }
}

SliceWriter::SliceWriter(DuckDb& engine, const Fact& fact, std::string table, std::string source,
                         const LoadPlace& place)
    : engine_(engine),
      fact_(fact),
      table_(std::move(table)),
      held_bytes_(place.held_bytes),
      slices_(std::make_shared<Slices>()) {
  slices_->columns = ColumnsOf(fact);
  slices_->source = std::move(source);
  slices_->load_id = place.load_id;
  slices_->folder = std::make_unique<HiddenFolder>(place.folder + "/" + fact.id + "/.write-" + UniqueName());
  slices_->folder_length = slices_->folder->path().size();
  const std::size_t own = fact.is_dimension ? 1 : 0;  // `natural` comes first
  for (std::size_t at = 0; at < fact.columns.size(); ++at) {
    if (fact.columns[at].name == fact.day) day_ = at + own;
    if (fact.columns[at].type == Type::kCode) ids_.push_back({.column = at + own});
  }
  std::vector<std::size_t> key;
  bool by_day = false;
  for (const std::string& name : fact.key) {
    const auto column = std::find_if(slices_->columns.begin(), slices_->columns.end(),
                                     [&](const LakeColumn& c) { return c.name == name; });
    if (name == fact.day) {
      by_day = true;
    } else {
      key.push_back(static_cast<std::size_t>(column - slices_->columns.begin()));
    }
  }
  if (by_day && !fact.is_dimension) watch_ = KeyWatch(std::move(key), *day_);
}

Result<std::unique_ptr<SliceWriter>> SliceWriter::Create(DuckDb& engine, const Fact& fact, std::string table,
                                                         std::string source, const LoadPlace& place) {
  std::unique_ptr<SliceWriter> writer(
      new SliceWriter(engine, fact, std::move(table), std::move(source), place));
  BACKCAST_CHECK(MakeFolder(writer->slices_->folder->path()));
  for (const Ids& ids : writer->ids_) {
    const std::string& column = writer->slices_->columns[ids.column].name;
    const std::string id_table = IdTable(writer->table_, column);
    writer->slices_->ids[column] = id_table;
    BACKCAST_CHECK(engine.Do("create or replace temp table " + id_table +
                             " (number bigint, \"natural\" varchar, line bigint)"));
  }
  return writer;
}

SliceWriter::Pile& SliceWriter::PileNamed(const std::string& name, std::optional<std::string> month) {
  const auto [found, is_new] = piles_.try_emplace(name);
  Pile& pile = found->second;
  if (is_new) {
    pile.month = std::move(month);
    for (const LakeColumn& column : slices_->columns) pile.chunks.emplace_back(*PhysicalOf(column.type));
  }
  return pile;
}

SliceWriter::Pile& SliceWriter::PileOf(std::optional<std::int64_t> day) {
  if (!day) return PileNamed(std::string(kNoDay), std::nullopt);
  std::string month = MonthOf(*day);
  if (piles_.size() < kMostPiles || piles_.contains(month)) return PileNamed(month, month);
  slices_->as_staged = false;
  return PileNamed(std::string(kMixed), std::nullopt);
}

/// Shares the rows of a batch out to the piles.
void SliceWriter::Pick(const RowBatch& batch) {
  for (auto& [name, pile] : piles_) pile.picked.clear();
  if (!day_) {
    Pile& all = PileNamed(std::string(kAll), std::nullopt);
    all.picked.resize(batch.rows);
    std::iota(all.picked.begin(), all.picked.end(), 0U);
    return;
  }
  const ColumnBuffer& days = batch.columns[*day_];
  for (std::size_t row = 0; row < batch.rows; ++row) {
    const std::optional<std::int64_t> day =
        days.present[row] != 0 ? std::optional(days.integers[row]) : std::nullopt;
    if (last_pile_ == nullptr || day != last_day_) {
      last_pile_ = &PileOf(day);
      last_day_ = day;
    }
    last_pile_->picked.push_back(static_cast<std::uint32_t>(row));
  }
}

/// Ids of the batch as numbers, from 1, in the order in which they come.
Result<Done> SliceWriter::Number(Ids& ids, const RowBatch& batch, ColumnBuffer& numbers) {
  if (ids.words.bytes() > held_bytes_) BACKCAST_CHECK(PutAway(ids));
  const std::vector<std::int64_t>& lines = batch.columns.back().integers;
  const ColumnBuffer& words = batch.columns[ids.column];
  for (std::size_t row = 0; row < batch.rows; ++row) {
    if (words.present[row] == 0) {
      numbers.integers.push_back(0);
      continue;
    }
    const std::uint32_t nth = ids.words.Find(words.words[row]);
    if (nth == ids.lines.size()) ids.lines.push_back(lines[row]);
    numbers.integers.push_back(ids.before + nth + 1);
  }
  return Done{};
}

/// Moves the remembered ids to the engine, which has room on disk. Those that come again get a second number.
Result<Done> SliceWriter::PutAway(Ids& ids) {
  if (ids.before > 0) slices_->one_number = false;
  const std::string& column = slices_->columns[ids.column].name;
  BACKCAST_TRY(DuckDb::Appender appender, engine_.AppendTo(table_ + " ids " + column));
  RowBatch batch;
  batch.rows = ids.words.size();
  batch.columns.resize(3);
  for (ColumnBuffer& each : batch.columns) each.present.assign(batch.rows, 1);
  batch.columns[0].integers.resize(batch.rows);
  std::iota(batch.columns[0].integers.begin(), batch.columns[0].integers.end(), ids.before + 1);
  for (std::size_t nth = 0; nth < batch.rows; ++nth) batch.columns[1].words.push_back(ids.words[nth]);
  batch.columns[2].integers = std::move(ids.lines);
  BACKCAST_CHECK(appender.Append(batch));
  BACKCAST_CHECK(appender.Close());
  ids.before += static_cast<std::int64_t>(batch.rows);
  ids.words.clear();
  ids.lines.clear();
  return Done{};
}

/// Adds a batch to the rows that are handed over next.
Result<Done> SliceWriter::Hold(const RowBatch& batch, Held& held) {
  held.batch.columns.resize(batch.columns.size());
  std::size_t bytes = 0;
  for (const ColumnBuffer& column : batch.columns) {
    for (const std::string_view word : column.words) bytes += word.size();
  }
  char* to = held.texts.emplace_back(bytes, '\0').data();
  std::size_t id = 0;
  for (std::size_t at = 0; at < batch.columns.size(); ++at) {
    const ColumnBuffer& from = batch.columns[at];
    ColumnBuffer& column = held.batch.columns[at];
    column.present.insert(column.present.end(), from.present.begin(), from.present.end());
    if (id < ids_.size() && ids_[id].column == at) {
      BACKCAST_CHECK(Number(ids_[id++], batch, column));
      continue;
    }
    column.integers.insert(column.integers.end(), from.integers.begin(), from.integers.end());
    column.numbers.insert(column.numbers.end(), from.numbers.begin(), from.numbers.end());
    for (const std::string_view word : from.words) {
      column.words.emplace_back(to, word.size());
      to = std::copy(word.begin(), word.end(), to);
    }
  }
  held.batch.rows += batch.rows;
  return Done{};
}

/// Waits for the rows that are being written.
Result<Done> SliceWriter::Settle() { return at_work_.valid() ? at_work_.get() : Result<Done>(Done{}); }

Result<Done> SliceWriter::Append(const RowBatch& batch) {
  BACKCAST_CHECK(Hold(batch, held_[next_]));
  return held_[next_].batch.rows < kHandedOver ? Result<Done>(Done{}) : HandOver();
}

Result<Done> SliceWriter::HandOver() {
  BACKCAST_CHECK(Settle());
  Held& held = held_[next_];
  next_ = 1 - next_;
  // With one thread to its name, the program writes when it is asked for the next rows.
  const auto how = engine_.threads() == 1 ? std::launch::deferred : std::launch::async;
  at_work_ = std::async(how, [this, &held]() -> Result<Done> {
    BACKCAST_CHECK(Take(held.batch));
    held.texts.clear();
    held.batch.rows = 0;
    for (ColumnBuffer& column : held.batch.columns) {
      column.present.clear();
      column.integers.clear();
      column.numbers.clear();
      column.words.clear();
    }
    return Done{};
  });
  return Done{};
}

Result<Done> SliceWriter::Take(const RowBatch& batch) {
  watch_.Watch(batch);
  Pick(batch);
  const std::size_t lines = batch.columns.size() - 1;
  for (auto& [name, pile] : piles_) {
    if (pile.picked.empty()) continue;
    for (std::size_t at = 0; at < lines; ++at) pile.chunks[at].Add(batch.columns[at], pile.picked);
    if (!fact_.is_dimension) {
      pile.chunks[lines].AddWord(slices_->source, pile.picked.size());
      pile.chunks[lines + 1].AddInteger(slices_->load_id, pile.picked.size());
    }
    pile.chunks.back().Add(batch.columns[lines], pile.picked);
    if (pile.chunks.back().rows() >= kGroupRows) BACKCAST_CHECK(Write(pile));
  }
  return KeepWithin(held_bytes_);
}

Result<Done> SliceWriter::Write(Pile& pile) {
  if (!pile.file) {
    char name[32];
    std::snprintf(name, sizeof name, "/%0*zu.parquet", static_cast<int>(kNameDigits),
                  slices_->files.size() + 1);
    slices_->files.emplace_back();
    BACKCAST_TRY(ParquetFile file, ParquetFile::Create(slices_->folder->path() + name, slices_->columns));
    pile.file.emplace(std::move(file));
  }
  return pile.file->Write(pile.chunks);
}

/// Writes the largest piles until no more than `bytes` are held.
Result<Done> SliceWriter::KeepWithin(std::size_t bytes) {
  std::size_t held = 0;
  std::vector<std::pair<std::size_t, Pile*>> sizes;
  for (auto& [name, pile] : piles_) {
    std::size_t size = 0;
    for (const ColumnChunk& chunk : pile.chunks) size += chunk.bytes();
    held += size;
    if (pile.chunks.back().rows() > 0) sizes.emplace_back(size, &pile);
  }
  if (held <= bytes) return Done{};
  std::sort(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [size, pile] : sizes) {
    BACKCAST_CHECK(Write(*pile));
    held -= size;
    if (held <= bytes) break;
  }
  return Done{};
}

Result<std::shared_ptr<Slices>> SliceWriter::Close() {
  BACKCAST_CHECK(HandOver());
  BACKCAST_CHECK(Settle());
  BACKCAST_CHECK(KeepWithin(0));
  slices_->files.clear();
  for (auto& [name, pile] : piles_) {
    if (!pile.file) continue;
    BACKCAST_CHECK(pile.file->Finish());
    slices_->files.push_back(Noted(*pile.file, pile.month, fact_, slices_->columns));
    for (const auto& [column, nulls] : pile.file->nulls()) slices_->nulls[column] += nulls;
    for (const auto& [column, range] : pile.file->words()) Widen(range, column, slices_->words);
    if (!day_) continue;
    const std::string& day = slices_->columns[*day_].name;
    if (const auto range = pile.file->integers().find(day); range != pile.file->integers().end())
      Widen(IsoRange(range->second), day, slices_->words);
  }
  slices_->no_repeats = watch_.certain();
  piles_.clear();
  for (Ids& ids : ids_) BACKCAST_CHECK(PutAway(ids));
  BACKCAST_CHECK(ShowSlices(engine_, table_, *slices_));
  return slices_;
}

std::string RawSlices(const Slices& slices) {
  std::string files;
  for (const DataFile& file : slices.files) files += (files.empty() ? "" : ", ") + FileLiteral(file.path);
  // The name of a file is the folder's, a stroke, and a number of some digits.
  return "(select *, substr(filename, " + std::to_string(slices.folder_length + 2) + ", " +
         std::to_string(kNameDigits) +
         ")::bigint * 1099511627776 + file_row_number as rowid from read_parquet([" + files +
         "], hive_partitioning = false, filename = true, file_row_number = true))";
}

Result<Done> ShowSlices(DuckDb& engine, const std::string& table, const Slices& slices,
                        const std::vector<std::string>& late, const std::string& placeholder,
                        const std::string& day) {
  std::string columns;
  std::string joins;
  for (const LakeColumn& column : slices.columns) {
    if (column.name == "source" || column.name == "load_id") continue;
    const std::string name = QuoteName(column.name);
    std::string shown = "s." + name;
    if (const auto ids = slices.ids.find(column.name); ids != slices.ids.end()) {
      const std::string alias = QuoteName("ids " + column.name);
      shown = alias + ".\"natural\"";
      joins += " left join " + ids->second + " " + alias + " on s." + name + " = " + alias + ".number";
    }
    if (std::find(late.begin(), late.end(), column.name) != late.end()) {
      shown = "case when s." + name + " = date " + QuoteText(placeholder) + " then date " + QuoteText(day) +
              " else s." + name + " end";
    }
    columns += shown + " as " + name + ", ";
  }
  return engine.Do("create or replace temp view " + table + " as select " + columns + "s.rowid from " +
                   RawSlices(slices) + " s" + joins);
}

void DropStaged(DuckDb& engine, const Staged& staged) {
  if (staged.slices == nullptr) {
    (void)engine.Do("drop table if exists " + staged.table).ok();
    return;
  }
  (void)engine.Do("drop view if exists " + staged.table).ok();
  for (const auto& [column, table] : staged.slices->ids)
    (void)engine.Do("drop table if exists " + table).ok();
}

}  // namespace backcast
