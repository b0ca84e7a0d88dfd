// SPDX-License-Identifier: Apache-2.0
// A table of paths: each row a path, how many journeys of it converted, their value, how many did not.
#include <algorithm>
#include <cmath>

#include "attribution/channel_codes.h"
#include "attribution/path_table.h"
#include "base/number.h"
#include "desk/attribute_file.h"
#include "ingest/cells.h"

namespace backcast {
namespace {

constexpr double kLargestCount = 1e12;

struct PathRows {
  std::string text;  // of all paths
  std::vector<std::size_t> ends;
  std::vector<double> converting, value, not_converting;
};

Error Bad(const std::string& where, std::string what) {
  return {Code::kInput, where, std::move(what),
          "counts of journeys are whole numbers from nought on, values numbers from nought on"};
}

Result<double> CountOf(std::string_view cell, const std::string& where, const char* what) {
  if (Trim(cell).empty()) return Bad(where, std::string("the count of journeys ") + what + " is missing");
  const std::optional<double> count = ReadNumber(cell);
  if (!count) return Bad(where, std::string("the count of journeys ") + what + " is no number");
  if (*count < 0) return Bad(where, std::string("the count of journeys ") + what + " is below nought");
  if (*count != std::floor(*count) || *count > kLargestCount)
    return Bad(where, std::string("the count of journeys ") + what + " is no whole number");
  return *count;
}

/// The sign between touches: the first of the list that any path holds.
std::string ArrowOf(const PathRows& rows) {
  for (const std::string& arrow : PathArrows()) {
    if (rows.text.find(arrow) != std::string::npos) return arrow;
  }
  return ">";
}

struct Split {
  std::vector<ChannelCode> path;
  double empty = 0;
};

Result<Split> SplitPath(std::string_view text, std::string_view arrow, double journeys, ChannelCodes& names,
                        const std::string& where) {
  Split split;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(arrow, from), text.size());
    const std::string_view name = text.substr(from, to - from);
    const std::optional<ChannelCode> code = names.CodeOf(name, journeys);
    if (code) {
      split.path.push_back(*code);
    } else if (names.full() && !FoldedName(name).empty()) {
      return Error{Code::kInput, where, "there are more than " + std::to_string(kMostChannels) + " channels",
                   "group them before they are credited"};
    } else {
      ++split.empty;
    }
    from = to + arrow.size();
  }
  return split;
}

Result<PathRows> ReadAll(RecordReader& reader, const JourneyColumns& columns, const std::string& file,
                         std::vector<std::string>& notes, double& without_value) {
  PathRows rows;
  RecordBatch batch;
  std::vector<RefusedRecord> refused;
  const std::size_t value = columns.Of("value"), null = columns.Of("not_converting");
  for (;;) {
    BACKCAST_TRY(const bool more, reader.Next(batch, refused));
    if (!refused.empty())
      return Error{Code::kInput, file + ":" + std::to_string(refused[0].line), refused[0].reason,
                   "a table of paths is taken whole or not at all"};
    if (!more) break;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      const std::string_view* cells = batch.cells.data() + row * batch.columns;
      const std::string where = file + ":" + std::to_string(batch.lines[row]);
      BACKCAST_TRY(const double converting,
                   CountOf(cells[columns.Of("converting")], where, "that converted"));
      double worth = 0, not_converting = 0;
      if (null != JourneyColumns::npos) {
        BACKCAST_TRY(not_converting, CountOf(cells[null], where, "that did not convert"));
      }
      if (value != JourneyColumns::npos && Trim(cells[value]).empty()) {
        without_value += converting;
      } else if (value != JourneyColumns::npos) {
        const std::optional<double> read = ReadNumber(cells[value]);
        if (!read) return Bad(where, "the value of the conversions is no number");
        if (*read < 0) return Bad(where, "the value of the conversions is below nought");
        worth = *read;
      }
      if (worth > 0 && converting == 0) return Bad(where, "there is a value, and no conversion that made it");
      rows.text.append(cells[columns.Of("path")]);
      rows.ends.push_back(rows.text.size());
      rows.converting.push_back(converting);
      rows.value.push_back(worth);
      rows.not_converting.push_back(not_converting);
    }
  }
  if (without_value > 0) {
    notes.push_back(FormatNumber(without_value, "count", false) +
                    " conversions have no value and count with the value nought.");
  }
  return rows;
}

}  // namespace

Result<AskedJourneys> ReadPathRows(RecordReader& reader, const JourneyColumns& columns,
                                   const AttributeCommand& command) {
  AskedJourneys asked;
  asked.from_touches = false;
  asked.rules = RulesOfFile(command, true);
  asked.subject = "conversions";
  double without_value = 0;
  BACKCAST_TRY(const PathRows rows, ReadAll(reader, columns, command.paths, asked.notes, without_value));
  const std::string arrow = ArrowOf(rows);
  ChannelCodes names;
  std::vector<std::vector<ChannelCode>> paths;
  double empty = 0, without_path = 0;
  for (std::size_t row = 0; row < rows.ends.size(); ++row) {
    const std::size_t from = row == 0 ? 0 : rows.ends[row - 1];
    const std::string_view text = std::string_view(rows.text).substr(from, rows.ends[row] - from);
    BACKCAST_TRY(Split split, SplitPath(text, arrow, rows.converting[row] + rows.not_converting[row], names,
                                        command.paths));
    asked.conversions += rows.converting[row];
    if (split.path.empty()) {
      without_path += rows.converting[row];
    } else {
      empty += split.empty;
    }
    asked.touches +=
        static_cast<double>(split.path.size()) * (rows.converting[row] + rows.not_converting[row]);
    paths.push_back(std::move(split.path));
  }
  asked.direct = names.Find(DirectWords());
  PathTable table(asked.rules, asked.direct);
  double only_direct = 0;
  for (std::size_t row = 0; row < paths.size(); ++row) {
    if (paths[row].empty() || rows.converting[row] + rows.not_converting[row] <= 0) continue;
    if (std::all_of(paths[row].begin(), paths[row].end(), [&](ChannelCode c) { return c == asked.direct; }))
      only_direct += rows.converting[row];
    table.Add(std::move(paths[row]), rows.converting[row], rows.value[row], rows.not_converting[row]);
  }
  asked.shaped = table.shaped();
  asked.journeys = table.Finish();
  asked.channels = names.Shown();
  asked.causes = CausesOf({.only_direct = only_direct}, 0, 0);
  if (without_path > 0) {
    asked.causes.insert(asked.causes.begin(),
                        {"no_path", without_path, false, "their path is empty",
                         "Say in the file which channels led there, or leave the row out."});
  }
  if (empty > 0) {
    asked.notes.push_back(FormatNumber(empty, "count", false) +
                          " touches without a name inside paths are left out.");
  }
  if (columns.Of("value") == JourneyColumns::npos) asked.notes.emplace_back("The file has no values.");
  return asked;
}

}  // namespace backcast
