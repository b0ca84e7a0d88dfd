// SPDX-License-Identifier: Apache-2.0
#include "desk/conversion.h"

#include <algorithm>
#include <cstdio>

#include "base/number.h"
#include "compile/currency_sql.h"
#include "compile/segments.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

bool IsCode(const std::string& text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char letter) { return letter >= 'A' && letter <= 'Z'; });
}

/// Six significant digits: as many as a rate is published with.
std::string RateWords(double rate) {
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), "%.6g", rate);
  return buffer;
}

std::string ConversionSql(const Fact& fact, const std::string& currency, const std::vector<Window>& windows) {
  const Segments segments = CutWindows(windows);
  Window all = segments.stretches.front();
  for (const Window& stretch : segments.stretches)
    all = {std::min(all.from, stretch.from), std::max(all.to, stretch.to)};
  const std::string day = "f." + QuoteName(fact.asked_by), rate = "\"rates\".\"rate\"";
  return "with\n" + RatesSql(currency, all) + "\nselect f.\"currency\", count(*) as n, count(distinct " +
         day + ") as days, count(distinct case when \"rates\".\"age\" > 0 then " + day +
         " end) as carried, min(" + rate + ") as low, max(" + rate + ") as high, count(distinct case when " +
         rate + " is null then " + day + " end) as lacking, min(case when " + rate + " is null then " + day +
         " end) as first_day, max(case when " + rate + " is null then " + day + " end) as last_day\nfrom " +
         QuoteName(fact.id) + " as f\n" + RateJoin(day) + "\nwhere " + InStretches(segments, day) +
         " and f.\"currency\" <> " + QuoteText(currency) +
         "\ngroup by f.\"currency\"\norder by f.\"currency\"";
}

std::optional<double> NumberIn(const Table& table, std::size_t column, std::size_t row) {
  if (table.columns[column].present[row] == 0) return std::nullopt;
  return table.columns[column].numbers[row];
}

std::optional<Day> DayIn(const Table& table, std::size_t column, std::size_t row) {
  const auto number = NumberIn(table, column, row);
  return number ? std::optional(Day{std::chrono::days{static_cast<int>(*number)}}) : std::nullopt;
}

}  // namespace

Result<Done> ChooseCurrency(const Workspace& workspace, const std::string& asked, Ready& ready) {
  if (!asked.empty() && !IsCode(asked)) {
    return Error{Code::kUsage, "", "'" + Shortened(asked) + "' is no currency",
                 "three capital letters, such as --currency EUR"};
  }
  ready.currency = asked.empty() ? CurrencyOf(workspace, ready.coverage) : asked;
  const bool has_rates = HasRows(ready.coverage, "fx_rate");
  if (ready.currency.empty() || (asked.empty() && !has_rates)) return Done{};
  for (const FactCoverage& coverage : ready.coverage) {
    const Fact* fact = workspace.schemas().Find(coverage.fact);
    if (fact == nullptr || !HasCurrency(*fact)) continue;
    if (std::any_of(coverage.currencies.begin(), coverage.currencies.end(),
                    [&](const std::string& code) { return code != ready.currency; }))
      ready.foreign.insert(coverage.fact);
  }
  return Done{};
}

Result<std::vector<ConvertedMoney>> ReadConversions(Workspace& workspace, const Ready& ready,
                                                    const std::set<std::string>& facts,
                                                    const std::vector<Window>& windows) {
  std::vector<ConvertedMoney> all;
  std::vector<Window> days;
  for (const Window& window : windows) {
    if (window.days() > 0) days.push_back(window);
  }
  if (days.empty()) return all;
  for (const std::string& id : facts) {
    if (!ready.foreign.contains(id)) continue;
    BACKCAST_TRY(const Table table,
                 workspace.engine().Run(
                     Statement{ConversionSql(*workspace.schemas().Find(id), ready.currency, days), {}}));
    for (std::size_t row = 0; row < table.rows; ++row) {
      ConvertedMoney money{.fact = id, .from = table.columns[0].words[row], .into = ready.currency};
      money.rows = static_cast<std::int64_t>(table.columns[1].numbers[row]);
      money.days = static_cast<int>(table.columns[2].numbers[row]);
      money.carried = static_cast<int>(table.columns[3].numbers[row]);
      money.low = NumberIn(table, 4, row);
      money.high = NumberIn(table, 5, row);
      money.lacking = static_cast<int>(table.columns[6].numbers[row]);
      money.first = DayIn(table, 7, row);
      money.last = DayIn(table, 8, row);
      all.push_back(std::move(money));
    }
  }
  return all;
}

std::string ConvertedWords(const ConvertedMoney& money) {
  if (!money.low) return "";
  std::string words = Shortened(money.from) + " is read in " + money.into + " at " + RateWords(*money.low);
  if (*money.high != *money.low) words += " to " + RateWords(*money.high);
  if (money.carried > 0) {
    words += " (on " + std::to_string(money.carried) + " of " + Counted(money.days, "day") +
             " at the rate of up to " + std::to_string(kRateDays) + " days before)";
  }
  return words;
}

std::string LackingWords(const ConvertedMoney& money) {
  if (money.lacking == 0) return "";
  std::string words = "no rate for " + Shortened(money.from) + " on " + ToIso(*money.first);
  if (money.lacking == 2) words += " and " + ToIso(*money.last);
  if (money.lacking > 2)
    words += " and " + std::to_string(money.lacking - 1) + " more days up to " + ToIso(*money.last);
  return words;
}

MoneyWords WordsOf(const std::vector<ConvertedMoney>& conversions, const Ready& ready) {
  MoneyWords words;
  const auto append = [](std::string& text, const std::string& more) {
    if (!more.empty()) text += (text.empty() ? "" : "; ") + more;
  };
  for (const ConvertedMoney& money : conversions) {
    append(words.converted[money.fact], ConvertedWords(money));
    append(words.withheld[money.fact], LackingWords(money));
  }
  for (auto& [fact, text] : words.withheld) {
    const auto coverage = std::find_if(ready.coverage.begin(), ready.coverage.end(),
                                       [&](const FactCoverage& one) { return one.fact == fact; });
    std::string codes;
    for (const std::string& code : coverage->currencies)
      codes += (codes.empty() ? "" : " and ") + Shortened(code);
    if (!text.empty()) text = codes + ", and " + text;
  }
  return words;
}

std::vector<Finding> ConversionFindings(const std::vector<ConvertedMoney>& conversions) {
  std::vector<Finding> findings;
  for (const ConvertedMoney& money : conversions) {
    if (const std::string words = ConvertedWords(money); !words.empty()) {
      findings.push_back({.rule = "M01",
                          .severity = Severity::kAdvice,
                          .file = "",
                          .place = {},
                          .message = money.fact + ": " + words + ".",
                          .why = "Amounts in several currencies have no sum until they are read in one.",
                          .fix = "",
                          .seed = "",
                          .node = ""});
    }
    if (const std::string words = LackingWords(money); !words.empty()) {
      findings.push_back({.rule = "M02",
                          .severity = Severity::kWarning,
                          .file = "rates.csv",
                          .place = {},
                          .message = money.fact + ": " + words + ".",
                          .why = "Currencies are never added, so what needs this rate is withheld.",
                          .fix =
                              "Add the rate of the day, or of one of the seven days before, to rates.csv and "
                              "run backcast ingest rates.csv.",
                          .seed = "",
                          .node = ""});
    }
  }
  return findings;
}

}  // namespace backcast
