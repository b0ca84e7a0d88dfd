// SPDX-License-Identifier: Apache-2.0
#include "desk/coverage.h"

#include <algorithm>

namespace backcast {
namespace {

/// The day by which a period chooses rows: of a lifetime counter the day of publication, not of the reading.
/// Reference tables are not asked by period.
const std::string& DayOf(const Fact& fact) {
  static const std::string none;
  return fact.is_reference ? none : fact.asked_by.empty() ? fact.day : fact.asked_by;
}

std::string SelectFor(const Fact& fact) {
  const std::string day = DayOf(fact).empty() ? "null::date" : QuoteName(DayOf(fact));
  const std::string currency = fact.Find("currency") != nullptr
                                   ? "string_agg(distinct currency, ',' order by currency)"
                                   : "null::varchar";
  return "select " + QuoteText(fact.id) + " as fact, count(*) as row_count, min(" + day +
         ") as first_day, max(" + day + ") as last_day, " + currency +
         " as currencies, string_agg(distinct source, ',' order by source) as sources from " +
         QuoteName(fact.id);
}

/// The one value of a column, or none; nothing when the statistics do not tell.
std::optional<std::vector<std::string>> OneValue(const TableStatistics& told, const std::string& column) {
  constexpr std::size_t kCertain = 32;  // longer words may have been cut short
  if (told.missing.contains(column)) return std::vector<std::string>{};
  const auto range = told.words.find(column);
  if (range == told.words.end() || range->second.first != range->second.second) return std::nullopt;
  if (range->second.first.size() >= kCertain) return std::nullopt;
  return std::vector<std::string>{range->second.first};
}

/// What the statistics say about the fact, when they say all of it.
std::optional<FactCoverage> FromStatistics(const Fact& fact, const LakeStatistics& statistics) {
  const auto found = statistics.find(fact.id);
  if (found == statistics.end()) return std::nullopt;
  const TableStatistics& told = found->second;
  FactCoverage coverage{.fact = fact.id, .rows = told.rows};
  if (const std::string& day = DayOf(fact); !day.empty() && !told.missing.contains(day)) {
    const auto range = told.words.find(day);
    if (range == told.words.end()) return std::nullopt;
    const auto first = ParseIsoDay(range->second.first), last = ParseIsoDay(range->second.second);
    if (!first.ok() || !last.ok()) return std::nullopt;
    coverage.first = first.value();
    coverage.last = last.value();
  }
  const auto sources = OneValue(told, "source");
  const auto currencies = fact.Find("currency") != nullptr ? OneValue(told, "currency")
                                                           : std::optional(std::vector<std::string>{});
  if (!sources || !currencies) return std::nullopt;
  coverage.sources = *sources;
  coverage.currencies = *currencies;
  return coverage;
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

FactCoverage* FindCoverage(std::vector<FactCoverage>& coverage, const std::string& fact) {
  const auto found = std::find_if(coverage.begin(), coverage.end(),
                                  [&](const FactCoverage& one) { return one.fact == fact; });
  return found == coverage.end() ? nullptr : &*found;
}

std::optional<Day> DayAt(const Column& column, std::size_t row) {
  if (column.present[row] == 0) return std::nullopt;
  return Day{std::chrono::days{static_cast<int>(column.numbers[row])}};
}

}  // namespace

Result<std::vector<FactCoverage>> ReadCoverage(Engine& engine, const Schemas& schemas,
                                               const LakeStatistics& statistics) {
  std::vector<FactCoverage> coverage;
  std::string sql;
  for (const Fact& fact : schemas.all()) {
    auto told = FromStatistics(fact, statistics);
    if (!told) sql += (sql.empty() ? "" : "\nunion all ") + SelectFor(fact);
    coverage.push_back(told ? std::move(*told) : FactCoverage{.fact = fact.id});
  }
  if (sql.empty()) return coverage;
  BACKCAST_TRY(const Table table, engine.Run(Statement{sql, {}}));
  for (std::size_t row = 0; row < table.rows; ++row) {
    FactCoverage& fact = *FindCoverage(coverage, table.columns[0].words[row]);
    fact.rows = static_cast<std::int64_t>(table.columns[1].numbers[row]);
    fact.first = DayAt(table.columns[2], row);
    fact.last = DayAt(table.columns[3], row);
    fact.currencies = Split(table.columns[4].words[row]);
    fact.sources = Split(table.columns[5].words[row]);
  }
  return coverage;
}

Result<Done> CountDays(Engine& engine, const Schemas& schemas, const std::set<std::string>& facts,
                       const Window& period, std::vector<FactCoverage>& coverage) {
  std::string sql;
  for (const std::string& id : facts) {
    const Fact* fact = schemas.Find(id);
    const FactCoverage* known = FindCoverage(coverage, id);
    if (fact == nullptr || known == nullptr || !known->last) continue;
    if (*known->last < period.from || *known->first >= period.to) continue;
    const std::string day = QuoteName(DayOf(*fact));
    sql += (sql.empty() ? "" : "\nunion all ") + ("select " + QuoteText(id)) + " as fact, count(distinct " +
           day + ") as days from " + QuoteName(id) + " where " + day + " >= date " +
           QuoteText(ToIso(period.from)) + " and " + day + " < date " + QuoteText(ToIso(period.to));
  }
  if (sql.empty()) return Done{};
  BACKCAST_TRY(const Table table, engine.Run(Statement{sql, {}}));
  for (std::size_t row = 0; row < table.rows; ++row) {
    FindCoverage(coverage, table.columns[0].words[row])->days_in_period =
        static_cast<std::int64_t>(table.columns[1].numbers[row]);
  }
  return Done{};
}

Result<std::optional<Day>> LastDayUpTo(Engine& engine, const Schemas& schemas,
                                       const std::vector<FactCoverage>& coverage, Day today) {
  std::optional<Day> last;
  std::string sql;
  for (const FactCoverage& fact : coverage) {
    if (!fact.last) continue;
    if (*fact.last <= today) {
      last = std::max(last.value_or(*fact.last), *fact.last);
    } else if (*fact.first <= today) {
      const std::string day = QuoteName(DayOf(*schemas.Find(fact.fact)));
      sql += (sql.empty() ? "" : "\nunion all ") + ("select max(" + day) + ") as day from " +
             QuoteName(fact.fact) + " where " + day + " <= date " + QuoteText(ToIso(today));
    }
  }
  if (!sql.empty()) {
    BACKCAST_TRY(const Table table, engine.Run(Statement{sql, {}}));
    for (std::size_t row = 0; row < table.rows; ++row) {
      if (const auto day = DayAt(table.columns[0], row)) last = std::max(last.value_or(*day), *day);
    }
  }
  return last ? last : LastDay(coverage);
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
