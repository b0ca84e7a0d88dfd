// SPDX-License-Identifier: Apache-2.0
#include "desk/coverage.h"

namespace backcast {
namespace {

std::string SelectFor(const Fact& fact, const Window& period) {
  // The day by which a period chooses rows: of a lifetime counter the day of publication, not of the reading.
  const std::string& asked_by = fact.asked_by.empty() ? fact.day : fact.asked_by;
  const std::string day = asked_by.empty() ? "null::date" : QuoteName(asked_by);
  const std::string currency = fact.Find("currency") != nullptr
                                   ? "string_agg(distinct currency, ',' order by currency)"
                                   : "null::varchar";
  return "select " + QuoteText(fact.id) + " as fact, count(*) as row_count, min(" + day +
         ") as first_day, max(" + day + ") as last_day, count(distinct " + day + ") filter (" + day +
         " >= date " + QuoteText(ToIso(period.from)) + " and " + day + " < date " +
         QuoteText(ToIso(period.to)) + ") as days, " + currency +
         " as currencies, string_agg(distinct source, ',' order by source) as sources from " +
         QuoteName(fact.id);
}

std::vector<std::string> Split(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    words.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return words;
}

std::optional<Day> DayAt(const Column& column, std::size_t row) {
  if (column.present[row] == 0) return std::nullopt;
  return Day{std::chrono::days{static_cast<int>(column.numbers[row])}};
}

}  // namespace

Result<std::vector<FactCoverage>> ReadCoverage(Engine& engine, const Schemas& schemas, const Window& period) {
  std::string sql;
  for (const Fact& fact : schemas.all()) sql += (sql.empty() ? "" : "\nunion all ") + SelectFor(fact, period);
  BACKCAST_TRY(const Table table, engine.Run(Statement{sql, {}}));
  std::vector<FactCoverage> coverage(table.rows);
  for (std::size_t row = 0; row < table.rows; ++row) {
    coverage[row].fact = table.columns[0].words[row];
    coverage[row].rows = static_cast<std::int64_t>(table.columns[1].numbers[row]);
    coverage[row].first = DayAt(table.columns[2], row);
    coverage[row].last = DayAt(table.columns[3], row);
    coverage[row].days_in_period = static_cast<std::int64_t>(table.columns[4].numbers[row]);
    coverage[row].currencies = Split(table.columns[5].words[row]);
    coverage[row].sources = Split(table.columns[6].words[row]);
  }
  return coverage;
}

std::optional<Day> LastDay(const std::vector<FactCoverage>& coverage) {
  std::optional<Day> last;
  for (const FactCoverage& fact : coverage) {
    if (fact.last && (!last || *fact.last > *last)) last = fact.last;
  }
  return last;
}

std::optional<Day> FirstDay(const std::vector<FactCoverage>& coverage) {
  std::optional<Day> first;
  for (const FactCoverage& fact : coverage) {
    if (fact.first && (!first || *fact.first < *first)) first = fact.first;
  }
  return first;
}

}  // namespace backcast
