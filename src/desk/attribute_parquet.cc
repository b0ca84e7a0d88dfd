// SPDX-License-Identifier: Apache-2.0
// A Parquet file of paths or of touches. Touches are read in parts side by side, each by an engine of one
// thread: rows that one engine reads with several threads wait for each other.
#include <algorithm>
#include <thread>

#include "desk/attribute_file.h"
#include "desk/attribute_touch_row.h"
#include "engine/duckdb.h"
#include "plan/rulebook.h"
#include "sql/dialect.h"

namespace backcast {
namespace {

/// An engine's complaint about a file, in one line and with the file's name.
Error OfFile(Error error, const std::string& file) {
  if (error.code == Code::kInterrupted || error.code == Code::kUsage) return error;
  if (error.what.find("ran out of memory") != std::string::npos) return error;
  return {Code::kInput, file,
          "the Parquet file cannot be read: " + Shortened(error.what.substr(0, error.what.find('\n')), 160),
          "is it complete? write it again"};
}

/// The Parquet table read as rows of text, for tables of paths, which are small.
class ParquetText final : public RecordReader {
 public:
  ParquetText(Table table, std::vector<std::string> header) : table_(std::move(table)) {
    head_.header = std::move(header);
  }
  const Head& head() const override { return head_; }
  Result<bool> Next(RecordBatch& batch, std::vector<RefusedRecord>& /*refused*/) override {
    batch.columns = table_.columns.size();
    batch.cells.clear();
    batch.lines.clear();
    if (done_) return false;
    done_ = true;
    for (std::size_t row = 0; row < table_.rows; ++row) {
      for (const Column& column : table_.columns) batch.cells.emplace_back(column.words[row]);
      batch.lines.push_back(static_cast<std::int64_t>(row) + 1);
    }
    return true;
  }
  std::uint64_t bytes_read() const override { return 0; }
  std::uint64_t bytes_total() const override { return 0; }

 private:
  Table table_;
  Head head_;
  bool done_ = false;
};

Result<std::vector<std::string>> HeaderOf(DuckDb& engine, const std::string& file) {
  const Result<Table> described = engine.Run(Statement{"describe select * from read_parquet($1)", {file}});
  if (!described.ok()) return OfFile(described.error(), file);
  const Column* names = described.value().Find("column_name");
  return names == nullptr ? std::vector<std::string>{} : names->words;
}

/// Rows of one batch into the table.
Result<Done> TakeBatch(const RowBatch& batch, const std::string& file, std::int64_t before, TouchTable& table,
                       LeftOut& left_out) {
  const ColumnBuffer &person = batch.columns[0], &time = batch.columns[1], &channel = batch.columns[2],
                     &converts = batch.columns[3], &value = batch.columns[4];
  std::vector<std::uint32_t> numbers;
  table.persons().NumbersOf(person.words, numbers);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    TouchRow one;
    if (time.present[row] != 0) one.time = time.integers[row];
    one.channel = channel.words[row];
    one.converts = converts.present[row] != 0 && converts.integers[row] != 0;
    if (one.converts && value.present[row] != 0) one.value = value.numbers[row];
    std::optional<std::uint32_t> number;
    if (!person.words[row].empty() && one.time) number = numbers[row];
    const bool whole = number && !one.channel.empty();
    BACKCAST_CHECK(TakeRow(
        one, number,
        whole ? std::string() : file + ", row " + std::to_string(before + 1 + static_cast<std::int64_t>(row)),
        table, left_out));
  }
  return Done{};
}

/// Rows from .. to - 1 of the file, as they were read.
struct Part {
  std::int64_t from = 0, to = 0;
  TouchTable table;
  LeftOut left_out;
};

/// The file in at most `threads` parts of whole row groups.
Result<std::vector<Part>> PartsOf(DuckDb& engine, const std::string& file, std::size_t threads) {
  constexpr std::int64_t kFewestRows = 50'000;
  const Result<Table> groups = engine.Run(Statement{
      "select max(row_group_num_rows)::double from parquet_metadata($1) group by row_group_id order by "
      "row_group_id",
      {file}});
  if (!groups.ok()) return OfFile(groups.error(), file);
  std::vector<std::int64_t> ends;
  std::int64_t rows = 0;
  for (std::size_t group = 0; group < groups.value().rows; ++group)
    ends.push_back(rows += static_cast<std::int64_t>(groups.value().columns[0].numbers[group]));
  const auto parts = std::clamp<std::int64_t>(rows / kFewestRows, 1, static_cast<std::int64_t>(threads));
  std::vector<Part> list(1);
  for (const std::int64_t end : ends) {
    Part& last = list.back();
    last.to = end;
    if (end < rows && end >= rows * static_cast<std::int64_t>(list.size()) / parts) {
      list.emplace_back();
      list.back().from = list.back().to = end;
    }
  }
  return list;
}

Result<Done> ReadPart(DuckDb& engine, const std::string& sql, const std::string& file, Part& part) {
  part.table.Reserve(static_cast<std::size_t>(part.to - part.from));
  std::int64_t before = part.from;
  std::optional<Error> own;
  const Result<Done> read = engine.Stream(Statement{sql, {file}}, [&](const RowBatch& batch) {
    Result<Done> taken = TakeBatch(batch, file, before, part.table, part.left_out);
    if (!taken.ok()) own = taken.error();
    before += static_cast<std::int64_t>(batch.rows);
    return taken;
  });
  if (own) return *own;
  if (!read.ok()) return OfFile(read.error(), file);
  return Done{};
}

/// `select`: the columns of TakeBatch; a part is told apart by the number of its rows.
Result<Done> ReadParts(const AttributeCommand& command, const std::string& select, std::vector<Part>& parts) {
  std::vector<Result<Done>> read(parts.size(), Result<Done>(Done{}));
  const auto work = [&](std::size_t at) -> Result<Done> {
    Part& part = parts[at];
    BACKCAST_TRY(auto engine, DuckDb::Open({.threads = 1, .memory = command.memory}));
    const std::string sql =
        parts.size() == 1
            ? select + " from read_parquet($1)"
            : select + " from read_parquet($1, file_row_number = true) where file_row_number >= " +
                  std::to_string(part.from) + " and file_row_number < " + std::to_string(part.to);
    return ReadPart(*engine, sql, command.paths, part);
  };
  std::vector<std::thread> others;
  for (std::size_t at = 1; at < parts.size(); ++at) others.emplace_back([&, at] { read[at] = work(at); });
  read[0] = work(0);
  for (std::thread& thread : others) thread.join();
  for (const Result<Done>& one : read) BACKCAST_CHECK(one);
  return Done{};
}

/// All parts in the first, as if they had been read one after the other.
Result<Done> JoinRows(std::vector<Part>& parts) {
  Part& all = parts.front();
  all.table.Reserve(static_cast<std::size_t>(parts.back().to));
  for (std::size_t at = 1; at < parts.size(); ++at) {
    BACKCAST_CHECK(all.table.Take(std::move(parts[at].table)));
    LeftOut& left_out = parts[at].left_out;
    if (all.left_out.rows == 0) all.left_out.first = left_out.first;
    all.left_out.rows += left_out.rows;
    all.left_out.without_person += left_out.without_person;
    all.left_out.without_value += left_out.without_value;
  }
  return Done{};
}

}  // namespace

Result<AskedJourneys> ReadJourneyParquet(const AttributeCommand& command) {
  BACKCAST_TRY(auto engine, DuckDb::Open({.threads = 1, .memory = command.memory}));
  BACKCAST_TRY(std::vector<std::string> header, HeaderOf(*engine, command.paths));
  BACKCAST_TRY(const JourneyColumns columns, FindJourneyColumns(header, command.paths));
  if (columns.paths) {
    const Result<Table> text = engine->Run(
        Statement{"select coalesce(columns(*)::varchar, '') from read_parquet($1)", {command.paths}});
    if (!text.ok()) return OfFile(text.error(), command.paths);
    ParquetText reader(text.value(), header);
    return ReadPathRows(reader, columns, command);
  }
  const auto name = [&](const char* word) { return QuoteName(header[columns.Of(word)]); };
  const bool by_value = columns.Of("converted") == JourneyColumns::npos,
             has_value = columns.Of("value") != JourneyColumns::npos;
  const std::string value = has_value ? "try_cast(" + name("value") + " as double)" : "null::double";
  const std::string select = "select " + name("person") + "::varchar, try_cast(" + name("time") +
                             " as timestamp), " + name("channel") + "::varchar, " +
                             (by_value ? value + " > 0" : "try_cast(" + name("converted") + " as boolean)") +
                             ", " + value;
  const bool numbered = std::find(header.begin(), header.end(), "file_row_number") != header.end();
  const std::size_t threads =
      command.threads > 0 ? static_cast<std::size_t>(command.threads) : std::thread::hardware_concurrency();
  BACKCAST_TRY(std::vector<Part> parts, PartsOf(*engine, command.paths, numbered ? 1 : threads));
  engine.reset();
  BACKCAST_CHECK(ReadParts(command, select, parts));
  BACKCAST_CHECK(JoinRows(parts));
  return JourneysOfRows(parts.front().table, parts.front().left_out, command, by_value);
}

}  // namespace backcast
