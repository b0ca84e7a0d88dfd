// SPDX-License-Identifier: Apache-2.0
// A table of touches: who, when, on which channel, and whether that made a conversion.
#include <algorithm>
#include <cmath>

#include "desk/attribute_file.h"
#include "desk/attribute_touches.h"
#include "engine/duckdb.h"
#include "ingest/cells.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

/// One row as it was read; what is not there is empty.
struct TouchRow {
  std::optional<std::int64_t> time;
  std::string_view channel;
  bool converts = false;
  std::optional<double> value;
};

/// Adds a row of a person, or of nobody, by the stated rules.
Result<Done> Take(const TouchRow& row, std::optional<std::uint32_t> person, const std::string& where,
                  TouchTable& table, LeftOut& left_out) {
  BACKCAST_TRY(const ChannelCode channel, table.ChannelOf(row.channel));
  const bool usable = row.time && (channel != kNoChannel || row.converts);
  if (!person || !usable) {
    if (!person && row.converts) {
      ++left_out.without_person;
      return Done{};
    }
    if (++left_out.rows == 1) left_out.first = where;
    return Done{};
  }
  TouchTable::Row one{*row.time, channel, row.converts, 0};
  if (row.converts) {
    if (row.value && *row.value >= 0 && std::isfinite(*row.value)) {
      one.value = *row.value;
    } else {
      ++left_out.without_value;
    }
  }
  table.Add(*person, one);
  return Done{};
}

AskedJourneys Finished(TouchTable& table, const LeftOut& left_out, const AttributeCommand& command,
                       bool by_value) {
  AskedJourneys asked;
  asked.subject = "conversions";
  table.Finish(RulesOfFile(command, false), left_out.without_person, asked);
  asked.notes = left_out.Notes();
  if (by_value)
    asked.notes.emplace_back("No column says which rows convert; those with a value above nought are taken.");
  return asked;
}

std::string Quoted(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

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

/// Rows of one batch into the table. The memory of many persons is asked for before it is looked at.
Result<Done> TakeBatch(const RowBatch& batch, const std::string& file, std::int64_t before, TouchTable& table,
                       LeftOut& left_out) {
  const ColumnBuffer &person = batch.columns[0], &time = batch.columns[1], &channel = batch.columns[2],
                     &converts = batch.columns[3], &value = batch.columns[4];
  std::vector<std::uint64_t> hashes(batch.rows);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    hashes[row] = WordNumbers::HashOf(person.words[row]);
    table.persons().Prefetch(hashes[row]);
  }
  for (std::size_t row = 0; row < batch.rows; ++row) {
    TouchRow one;
    if (time.present[row] != 0) one.time = time.integers[row];
    one.channel = channel.words[row];
    one.converts = converts.present[row] != 0 && converts.integers[row] != 0;
    if (one.converts && value.present[row] != 0) one.value = value.numbers[row];
    std::optional<std::uint32_t> number;
    if (!person.words[row].empty() && one.time)
      number = table.persons().NumberOf(person.words[row], hashes[row]);
    const bool whole = number && !one.channel.empty();
    BACKCAST_CHECK(Take(
        one, number,
        whole ? std::string() : file + ", row " + std::to_string(before + 1 + static_cast<std::int64_t>(row)),
        table, left_out));
  }
  return Done{};
}

}  // namespace

Result<AskedJourneys> ReadTouchRows(RecordReader& reader, const JourneyColumns& columns,
                                    const AttributeCommand& command) {
  const auto sampled = [&](std::size_t column) {
    std::vector<std::string_view> cells;
    for (const auto& row : reader.head().sample) {
      if (column < row.size()) cells.emplace_back(row[column]);
    }
    return cells;
  };
  const std::size_t person_at = columns.Of("person"), time_at = columns.Of("time"),
                    channel_at = columns.Of("channel"), converted_at = columns.Of("converted"),
                    value_at = columns.Of("value");
  const std::optional<DateFormat> dates = GuessDates(sampled(time_at));
  const std::string where = command.paths + ":" + std::to_string(reader.head().header_line);
  if (!dates)
    return Error{Code::kInput, where, "the times of the touches cannot be read",
                 "write them as 2026-03-31 14:05:00"};
  if (dates->ambiguous || dates->mixed)
    return Error{Code::kInput, where, "the times do not tell day and month apart",
                 "write them as 2026-03-31 14:05:00"};
  const NumberStyle style =
      value_at == JourneyColumns::npos ? NumberStyle::kPoint : GuessStyle(sampled(value_at));
  TouchTable table;
  LeftOut left_out;
  RecordBatch batch;
  std::vector<RefusedRecord> refused;
  const Zone zone;
  const bool by_value = converted_at == JourneyColumns::npos;
  for (;;) {
    BACKCAST_TRY(const bool more, reader.Next(batch, refused));
    if (!more) break;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      const std::string_view* cells = batch.cells.data() + row * batch.columns;
      TouchRow one;
      const std::optional<Instant> time = ReadInstant(cells[time_at], *dates, zone);
      if (time) one.time = time->time_since_epoch().count();
      one.channel = cells[channel_at];
      if (value_at != JourneyColumns::npos) one.value = ReadNumber(cells[value_at], style);
      if (by_value) {
        one.converts = one.value && *one.value > 0;
      } else {
        const std::optional<bool> flag = ReadFlag(cells[converted_at]);
        const std::optional<double> number = flag ? std::nullopt : ReadNumber(cells[converted_at]);
        one.converts = flag.value_or(number && *number > 0);
      }
      const std::string_view name = Trim(cells[person_at]);
      std::optional<std::uint32_t> person;
      if (!name.empty() && time) person = table.persons().NumberOf(name, WordNumbers::HashOf(name));
      const std::string line = person && !one.channel.empty()
                                   ? std::string()
                                   : command.paths + ":" + std::to_string(batch.lines[row]);
      BACKCAST_CHECK(Take(one, person, line, table, left_out));
    }
  }
  left_out.refused = static_cast<double>(refused.size());
  if (!refused.empty())
    left_out.first_refused = command.paths + ":" + std::to_string(refused[0].line) + ": " + refused[0].reason;
  return Finished(table, left_out, command, by_value);
}

Result<AskedJourneys> ReadJourneyParquet(const AttributeCommand& command) {
  BACKCAST_TRY(auto engine, DuckDb::Open({.threads = command.threads, .memory = command.memory}));
  BACKCAST_TRY(std::vector<std::string> header, HeaderOf(*engine, command.paths));
  BACKCAST_TRY(const JourneyColumns columns, FindJourneyColumns(header, command.paths));
  if (columns.paths) {
    const Result<Table> text = engine->Run(
        Statement{"select coalesce(columns(*)::varchar, '') from read_parquet($1)", {command.paths}});
    if (!text.ok()) return OfFile(text.error(), command.paths);
    ParquetText reader(text.value(), header);
    return ReadPathRows(reader, columns, command);
  }
  const auto name = [&](const char* word) { return Quoted(header[columns.Of(word)]); };
  const bool by_value = columns.Of("converted") == JourneyColumns::npos,
             has_value = columns.Of("value") != JourneyColumns::npos;
  const std::string value = has_value ? "try_cast(" + name("value") + " as double)" : "null::double";
  const std::string sql = "select " + name("person") + "::varchar, try_cast(" + name("time") +
                          " as timestamp), " + name("channel") + "::varchar, " +
                          (by_value ? value + " > 0" : "try_cast(" + name("converted") + " as boolean)") +
                          ", " + value + " from read_parquet($1)";
  TouchTable table;
  const Result<Table> counted =
      engine->Run(Statement{"select count(*) from read_parquet($1)", {command.paths}});
  if (!counted.ok()) return OfFile(counted.error(), command.paths);
  table.Reserve(static_cast<std::size_t>(counted.value().columns[0].numbers[0]));
  LeftOut left_out;
  std::int64_t before = 0;
  std::optional<Error> own;
  const Result<Done> read = engine->Stream(Statement{sql, {command.paths}}, [&](const RowBatch& batch) {
    Result<Done> taken = TakeBatch(batch, command.paths, before, table, left_out);
    if (!taken.ok()) own = taken.error();
    before += static_cast<std::int64_t>(batch.rows);
    return taken;
  });
  if (own) return *own;
  if (!read.ok()) return OfFile(read.error(), command.paths);
  engine.reset();  // its memory is worth more now
  return Finished(table, left_out, command, by_value);
}

}  // namespace backcast
