// SPDX-License-Identifier: Apache-2.0
#include "ingest/file_words.h"

#include <algorithm>
#include <filesystem>

#include "base/day.h"
#include "ingest/fact_filler.h"

namespace backcast {
namespace {

/// Replaces a captured day by its ISO form; a capture that is no day is dropped.
void ToIsoWord(std::string_view name, Words& words) {
  const auto found = words.find(name);
  if (found == words.end()) return;
  const auto day = ReadDay(found->second, DateFormat{});
  if (day)
    found->second = ToIso(*day);
  else
    words.erase(found);
}

/// The first and the last day of a column of another file of the same export.
void ReadSibling(const Sibling& sibling, std::string_view path, Words& words) {
  const std::filesystem::path other = std::filesystem::path(path).parent_path() / sibling.file;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(other, ignored)) return;
  auto opened = OpenRecords(other.string());
  if (!opened.ok() || opened.value().empty()) return;
  RecordReader& reader = *opened.value().front();
  const std::vector<std::string>& header = reader.head().header;
  const auto column = std::find_if(header.begin(), header.end(), [&](const std::string& cell) {
    return ReadHeaderName(cell).name == sibling.column;
  });
  if (column == header.end()) return;
  const auto at = static_cast<std::size_t>(column - header.begin());
  std::optional<Day> first, last;
  RecordBatch batch;
  std::vector<RefusedRecord> refused;
  for (;;) {
    const auto more = reader.Next(batch, refused);
    if (!more.ok() || !more.value()) break;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      const auto day = ReadDay(batch.cells[row * batch.columns + at], DateFormat{});
      if (!day) continue;
      first = std::min(first.value_or(*day), *day);
      last = std::max(last.value_or(*day), *day);
    }
  }
  if (!first || !last) return;
  words.insert_or_assign("$from", ToIso(*first));
  words.insert_or_assign("$to", ToIso(*last));
}

Result<Done> Give(std::string_view name, const std::string& option, bool is_day, Words& words) {
  if (option.empty()) return Done{};
  if (is_day && !ParseIsoDay(option).ok()) {
    return Error{Code::kUsage, "", "'" + option + "' is no day", "write it as YYYY-MM-DD"};
  }
  words.insert_or_assign("$" + std::string(name), option);
  return Done{};
}

}  // namespace

Result<Words> FindWords(const Mapping& mapping, const Binding& binding, std::string_view path,
                        const FileWords& given) {
  Words words = binding.known;
  for (const std::string_view day : {"$from", "$to", "$until", "$observed"}) ToIsoWord(day, words);
  if (const auto period = words.find("$period"); period != words.end()) {
    if (const auto window = ReadDayRange(period->second, DateFormat{})) {
      words.emplace("$from", ToIso(window->from));
      words.emplace("$to", ToIso(window->to - std::chrono::days(1)));
    }
  }
  if (const auto until = words.find("$until"); until != words.end()) {
    words.emplace("$to", ToIso(ParseIsoDay(until->second).value() - std::chrono::days(1)));
  }
  if (mapping.sibling) ReadSibling(*mapping.sibling, path, words);
  BACKCAST_CHECK(Give("account", given.account, false, words));
  BACKCAST_CHECK(Give("observed", given.observed, true, words));
  BACKCAST_CHECK(Give("from", given.from, true, words));
  BACKCAST_CHECK(Give("to", given.to, true, words));
  BACKCAST_CHECK(Give("currency", given.currency, false, words));
  const bool is_year =
      given.year.size() == 4 && given.year.find_first_not_of("0123456789") == std::string::npos;
  if (!given.year.empty() && !is_year)
    return Error{Code::kUsage, "", "'" + given.year + "' is no year", "write it as YYYY"};
  BACKCAST_CHECK(Give("year", given.year, false, words));
  if (const auto to = words.find("$to"); to != words.end()) words.emplace("$observed", to->second);
  words.emplace("$observed", kLateDay);
  return words;
}

}  // namespace backcast
