// SPDX-License-Identifier: Apache-2.0
// A table of touches: who, when, on which channel, and whether that made a conversion.
#include <algorithm>
#include <cmath>

#include "desk/attribute_file.h"
#include "desk/attribute_touch_row.h"
#include "ingest/cells.h"

namespace backcast {

Result<Done> TakeRow(const TouchRow& row, std::optional<std::uint32_t> person, const std::string& where,
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

AskedJourneys JourneysOfRows(TouchTable& table, const LeftOut& left_out, const AttributeCommand& command,
                             bool by_value) {
  AskedJourneys asked;
  asked.subject = "conversions";
  table.Finish(RulesOfFile(command, false), left_out.without_person, asked, command.threads);
  asked.notes = left_out.Notes();
  if (by_value)
    asked.notes.emplace_back("No column says which rows convert; those with a value above nought are taken.");
  return asked;
}

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
      if (!name.empty() && time) person = table.persons().NumberOf(name);
      const std::string line = person && !one.channel.empty()
                                   ? std::string()
                                   : command.paths + ":" + std::to_string(batch.lines[row]);
      BACKCAST_CHECK(TakeRow(one, person, line, table, left_out));
    }
  }
  left_out.refused = static_cast<double>(refused.size());
  if (!refused.empty())
    left_out.first_refused = command.paths + ":" + std::to_string(refused[0].line) + ": " + refused[0].reason;
  return JourneysOfRows(table, left_out, command, by_value);
}

}  // namespace backcast
