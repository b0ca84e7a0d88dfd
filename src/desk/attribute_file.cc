// SPDX-License-Identifier: Apache-2.0
#include "desk/attribute_file.h"

#include <algorithm>
#include <fstream>

#include "base/number.h"

namespace backcast {
namespace {

bool IsParquet(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  char mark[4] = {};
  file.read(mark, sizeof mark);
  return file.gcount() == 4 && std::string_view(mark, 4) == "PAR1";
}

std::string Count(double count) { return FormatNumber(count, "count", false); }

}  // namespace

JourneyRules RulesOfFile(const AttributeCommand& command, bool paths) {
  JourneyRules rules;
  rules.window_days = paths ? 0 : command.window_days.value_or(0);
  rules.most_touches = command.most_touches.value_or(paths ? 0 : 20);
  rules.half_life_days = command.half_life_days.value_or(7);
  rules.collapse = command.collapse;
  rules.drop_direct = command.drop_direct;
  return rules;
}

std::vector<std::string> LeftOut::Notes() const {
  std::vector<std::string> notes;
  if (refused > 0)
    notes.push_back(Count(refused) + " rows could not be read and are left out; the first: " + first_refused +
                    ".");
  if (rows > 0)
    notes.push_back(Count(rows) +
                    " rows without a person, a time or a channel are left out; the first: " + first + ".");
  if (without_value > 0)
    notes.push_back(Count(without_value) +
                    " conversions have no value, or one below nought, and count with the value nought.");
  return notes;
}

std::vector<CoverageCause> CausesOf(const JourneyCoverage& coverage, double unknown, int window_days) {
  const std::string window = std::to_string(window_days);
  std::vector<CoverageCause> causes = {
      {"no_person", unknown, false, "nobody is known to have made them",
       "Keep the visitor's id with every order, lead or sign-up."},
      {"never_seen", coverage.never_seen, false, "the person was never seen on any channel",
       "Join the ids of one person: load the fact identity, or let the shop keep the visitor's id."},
      {"only_after", coverage.only_after, false, "the person was only seen afterwards",
       "Load touches from further back, and check the clocks of both sources."},
      {"outside_window", coverage.outside_window, false,
       "the last touch was more than " + window + " days before",
       "Choose a longer window if buyers take that long: --window " + std::to_string(2 * window_days) + "."},
      {"since_previous", coverage.since_previous, false,
       "the person was not seen since their conversion before",
       "These are repeat conversions; judge them by retention, not by channel."},
      {"only_direct", coverage.only_direct, true,
       "all visits were direct; the channel that led there is unknown",
       "Put campaign tags on links in posts, profiles, mails and ads."}};
  std::erase_if(causes, [](const CoverageCause& cause) { return cause.conversions <= 0; });
  return causes;
}

Result<AskedJourneys> ReadJourneysFile(const AttributeCommand& command) {
  if (IsParquet(command.paths)) return ReadJourneyParquet(command);
  BACKCAST_TRY(auto readers, OpenRecords(command.paths));
  if (readers.empty())
    return Error{Code::kInput, command.paths, "the file holds no table", "give a table of paths or touches"};
  RecordReader& reader = *readers.front();
  const std::string where = command.paths + ":" + std::to_string(reader.head().header_line);
  BACKCAST_TRY(const JourneyColumns columns, FindJourneyColumns(reader.head().header, where));
  return columns.paths ? ReadPathRows(reader, columns, command) : ReadTouchRows(reader, columns, command);
}

}  // namespace backcast
