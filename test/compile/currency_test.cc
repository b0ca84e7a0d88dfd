// SPDX-License-Identifier: Apache-2.0
// Amounts in several currencies, read in one: the fused SQL gives what converting every row by hand gives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "compile/currency_sql.h"
#include "test/compile/naive_evaluator.h"

namespace backcast {
namespace {

using testing::HasSubstr;

const std::vector<std::string> kCodes = {"EUR", "USD", "GBP", "JPY"};

std::string TextAt(const WorldRow& row, const std::string& column) {
  const auto found = row.find(column);
  const auto* text = found == row.end() ? nullptr : std::get_if<std::string>(&found->second);
  return text == nullptr ? "" : *text;
}

/// The rate of one day: given, else turned round, else over a third currency.
std::optional<double> RateOn(const std::vector<WorldRow>& rates, const std::string& day,
                             const std::string& of, const std::string& into, bool over_third = true) {
  for (const bool turned : {false, true}) {
    std::optional<double> least;
    for (const WorldRow& row : rates) {
      const double rate = std::get<double>(row.at("rate"));
      if (rate <= 0 || TextAt(row, "date") != day) continue;
      if (TextAt(row, turned ? "base" : "currency") != of ||
          TextAt(row, turned ? "currency" : "base") != into)
        continue;
      const double value = turned ? 1 / rate : rate;
      if (!least || value < *least) least = value;
    }
    if (least) return least;
  }
  for (std::size_t i = 0; over_third && i < kCodes.size(); ++i) {
    std::vector<std::string> sorted = kCodes;
    std::sort(sorted.begin(), sorted.end());
    if (sorted[i] == of || sorted[i] == into) continue;
    const auto there = RateOn(rates, day, of, sorted[i], false),
               back = RateOn(rates, day, sorted[i], into, false);
    if (there && back) return *there * *back;
  }
  return std::nullopt;
}

std::optional<double> RateFor(const std::vector<WorldRow>& rates, const std::string& day,
                              const std::string& of, const std::string& into) {
  for (int age = 0; age <= kRateDays; ++age) {
    const std::string then = ToIso(ParseIsoDay(day).value() - std::chrono::days(age));
    if (const auto rate = RateOn(rates, then, of, into)) return rate;
  }
  return std::nullopt;
}

/// Every row that can be is in the currency.
World Converted(World world, const Schemas& schemas, const std::string& currency,
                const std::map<std::string, std::string>& days = {}) {
  for (auto& [id, rows] : world) {
    const Fact& fact = *schemas.Find(id);
    if (!HasCurrency(fact)) continue;
    const auto other = days.find(id);
    for (WorldRow& row : rows) {
      const std::string code = TextAt(row, "currency");
      if (code.empty() || code == currency) continue;
      const std::string day = TextAt(row, other == days.end() ? fact.asked_by : other->second);
      const auto rate = day.empty() ? std::nullopt : RateFor(world["fx_rate"], day, code, currency);
      if (!rate) continue;
      row["currency"] = currency;
      for (const FactColumn& column : fact.columns) {
        const auto amount = row.find(column.name);
        if (column.type == Type::kMoney && amount != row.end())
          amount->second = std::get<double>(amount->second) * *rate;
      }
    }
  }
  return world;
}

/// The same numbers to the last bit, missing ones in the same places.
void ExpectSame(const Table& one, const Table& other) {
  ASSERT_EQ(one.rows, other.rows);
  ASSERT_EQ(one.columns.size(), other.columns.size());
  for (std::size_t i = 0; i < one.columns.size(); ++i) {
    const Column &left = one.columns[i], &right = other.columns[i];
    EXPECT_EQ(left.words, right.words) << left.name;
    EXPECT_EQ(left.present, right.present) << left.name;
    for (std::size_t row = 0; !left.is_text && row < one.rows; ++row) {
      if (left.present[row] != 0) {
        EXPECT_EQ(left.numbers[row], right.numbers[row]) << left.name << " row " << row;
      }
    }
  }
}

class Currency : public ShippedTest {
 protected:
  int Below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  std::string Day() { return ToIso(ParseIsoDay("2026-01-01").value() + std::chrono::days(Below(40))); }

  WorldRow RateRow(const std::string& day, const std::string& of, const std::string& into, double rate) {
    return {{"date", day}, {"currency", of}, {"base", into}, {"rate", rate}};
  }

  /// Rates of most days, some given the other way round, some only over a third currency.
  std::vector<WorldRow> RandomRates() {
    std::map<std::vector<std::string>, WorldRow> rates;
    for (int i = 0; i < 60; ++i) {
      const std::string day = Day(), of = kCodes[static_cast<std::size_t>(Below(4))],
                        into = kCodes[static_cast<std::size_t>(Below(4))];
      if (of == into) continue;
      rates[{day, of, into}] = RateRow(day, of, into, Below(10) == 0 ? 0 : 0.5 + Below(1000) / 500.0);
    }
    std::vector<WorldRow> rows;
    for (auto& [key, row] : rates) rows.push_back(row);
    return rows;
  }

  World RandomWorld(int codes) {
    World world;
    for (const char* id : {"order", "ad_day", "cost", "deal"}) {
      const Fact& fact = *schemas_.Find(id);
      for (int i = 0; i < 60; ++i) {
        WorldRow row;
        for (const FactColumn& column : fact.columns) {
          if (column.type == Type::kMoney || column.type == Type::kCount || column.type == Type::kCode)
            row[column.name] = static_cast<double>(Below(column.type == Type::kCode ? 8 : 900));
          if (column.type == Type::kDay) row[column.name] = Day();
          if (column.type == Type::kLabel)
            row[column.name] = std::string(1, static_cast<char>('a' + Below(3)));
          if (column.type == Type::kFlag) row[column.name] = Below(2) == 0;
        }
        row[fact.key[0] == "ad" || fact.key[0] == "date" ? "campaign" : fact.key[0]] =
            "n" + std::to_string(i);
        row["currency"] = kCodes[static_cast<std::size_t>(Below(codes))];
        if (Below(12) == 0) row.erase("currency");
        world[id].push_back(std::move(row));
      }
    }
    world["fx_rate"] = RandomRates();
    return world;
  }

  CompileHints Hints(const std::string& currency) const {
    CompileHints hints;
    hints.currency = currency;
    hints.foreign = {"order", "ad_day", "cost", "deal"};
    return hints;
  }

  Table Ask(const Question& question, const CompileHints& hints) {
    const auto compiled = Compile(catalogue_, schemas_, question, DuckDbDialect(), hints);
    EXPECT_TRUE(compiled.ok());
    auto answer = engine_->Run(compiled.value().sql);
    EXPECT_TRUE(answer.ok()) << ToSentence(answer.error()) << compiled.value().sql.text;
    return std::move(answer).value();
  }

  /// Every total and group of one metric, beside what the converted rows give.
  void Compare(const std::string& metric, const World& converted, const Question& question,
               const CompileHints& hints) {
    SCOPED_TRACE(metric);
    const Table table = Ask(question, hints);
    const NaiveEvaluator naive(catalogue_, schemas_, converted, question);
    ASSERT_EQ(table.rows, naive.Groups().size());
    for (std::size_t row = 0; row < table.rows; ++row) {
      GroupKey key{table.Find("is_total")->numbers[row] == 1, {}};
      for (std::size_t i = 0; i < question.by.size() && !key.is_total; ++i)
        key.values.push_back(table.columns[i].present[row] != 0 ? std::optional(table.columns[i].words[row])
                                                                : std::nullopt);
      for (std::size_t w = 0; w < question.windows.size(); ++w) {
        const std::string name = metric + "@" + std::to_string(w);
        const NaiveAnswer expected = naive.Answer(*catalogue_.Find(metric), key, question.windows[w]);
        ASSERT_EQ(table.Find(name)->present[row] != 0, expected.value.has_value()) << name << " row " << row;
        const double currencies = table.Find(name + ":currencies")->numbers[row];
        const bool foreign_only = expected.currencies == 1 && currencies == 2;
        ASSERT_TRUE(currencies == expected.currencies || foreign_only) << name << " row " << row;
        if (currencies <= 1 && expected.value) {
          ++compared_;
          ASSERT_NEAR(table.Find(name)->numbers[row], *expected.value,
                      1e-6 * std::max(1.0, std::fabs(*expected.value)))
              << name << " row " << row;
        }
        withheld_ += currencies > 1;
      }
    }
  }

  std::mt19937 random_{20260301};
  int compared_ = 0, withheld_ = 0;
};

const std::vector<Window>& Windows() {
  static const std::vector<Window> windows = {ParsePeriod("2026-01", backcast::Day{}).value(),
                                              ParsePeriod("2026-01-20..2026-02-08", backcast::Day{}).value()};
  return windows;
}

TEST_F(Currency, TheFusedSqlGivesWhatConvertingEveryRowGives) {
  const std::map<std::string, std::string> closed = {{"deal", "closed_on"}};
  for (int round = 0; round < 6; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const World world = RandomWorld(round % 2 == 0 ? 2 : 4);
    ASSERT_TRUE(tables_.Fill(world).ok());
    for (const std::string into : {"EUR", "USD"}) {
      const World plain = Converted(world, schemas_, into),
                  by_close = Converted(world, schemas_, into, closed);
      for (const char* metric : {"revenue_net", "aov", "full_cost", "cost_per_order", "pipeline_opened",
                                 "revenue_won", "ad_spend"}) {
        const bool won = std::string_view(metric) == "revenue_won";
        Compare(metric, won ? by_close : plain, {{metric}, {}, {}, Windows()}, Hints(into));
        Compare(metric, won ? by_close : plain, {{metric}, {"channel_group"}, {}, Windows()}, Hints(into));
        Compare(metric, won ? by_close : plain, {{metric}, {"day"}, {}, {Windows()[0]}}, Hints(into));
      }
    }
  }
  EXPECT_GT(compared_, 1000);
  EXPECT_GT(withheld_, 100);
}

TEST_F(Currency, SumsOfEachCurrencyConvertedByDayAreTheSame) {
  World world = RandomWorld(4);
  for (const std::string code : {"USD", "GBP", "JPY"}) {
    for (int day = 0; day < 40; ++day)
      world["fx_rate"].push_back(RateRow(ToIso(ParseIsoDay("2026-01-01").value() + std::chrono::days(day)),
                                         code, "EUR", 0.5 + Below(100) / 100.0));
  }
  ASSERT_TRUE(tables_.Fill(world).ok());
  const Window january = Windows()[0];
  const Table parts = Ask({{"revenue_net"}, {"day", "currency"}, {}, {january}}, Hints("EUR"));
  double sum = 0;
  for (std::size_t row = 0; row < parts.rows; ++row) {
    if (parts.Find("is_total")->numbers[row] == 1 || parts.Find("revenue_net@0")->present[row] == 0) continue;
    const std::string code = parts.columns[1].present[row] != 0 ? parts.columns[1].words[row] : "EUR";
    const auto rate = code == "EUR" ? std::optional(1.0)
                                    : RateFor(world["fx_rate"], parts.columns[0].words[row], code, "EUR");
    ASSERT_TRUE(rate);
    sum += parts.Find("revenue_net@0")->numbers[row] * *rate;
  }
  const Table whole = Ask({{"revenue_net"}, {}, {}, {january}}, Hints("EUR"));
  EXPECT_EQ(whole.Find("revenue_net@0:currencies")->numbers[0], 1);
  EXPECT_NEAR(whole.Find("revenue_net@0")->numbers[0], sum, 1e-6 * std::fabs(sum));
}

TEST_F(Currency, TheOrderOfRatesAndRowsDoesNotMatterToTheLastBit) {
  World world = RandomWorld(2);
  const Question question{{"revenue_net", "full_cost"}, {"channel_group"}, {}, Windows()};
  ASSERT_TRUE(tables_.Fill(world).ok());
  const Table first = Ask(question, Hints("EUR"));
  for (int round = 0; round < 5; ++round) {
    for (auto& [id, rows] : world) std::shuffle(rows.begin(), rows.end(), random_);
    ASSERT_TRUE(tables_.Fill(world).ok());
    const Table again = Ask(question, Hints("EUR"));
    ExpectSame(first, again);
  }
}

TEST_F(Currency, ADayWithoutARateTakesTheLatestOfAWeekAndNoOlderOne) {
  for (const int age : {0, 1, 7, 8}) {
    World world;
    world["order"] = {{{"order_id", "1"}, {"date", "2026-01-20"}, {"net", 100.0}, {"currency", "USD"}}};
    const auto day = ParseIsoDay("2026-01-20").value();
    world["fx_rate"] = {RateRow(ToIso(day - std::chrono::days(age)), "USD", "EUR", 0.9),
                        RateRow(ToIso(day - std::chrono::days(age + 1)), "USD", "EUR", 0.5),
                        RateRow(ToIso(day + std::chrono::days(1)), "USD", "EUR", 0.4)};
    ASSERT_TRUE(tables_.Fill(world).ok());
    const Table table = Ask({{"revenue_net"}, {}, {}, {Windows()[0]}}, Hints("EUR"));
    EXPECT_EQ(table.Find("revenue_net@0:currencies")->numbers[0], age <= 7 ? 1 : 2) << age;
    if (age <= 7) {
      EXPECT_EQ(table.Find("revenue_net@0")->numbers[0], 90) << age;
    }
  }
}

TEST_F(Currency, OneCurrencyIsReadAsBefore) {
  const Question question{{"revenue_net", "cost_per_order"}, {"channel_group"}, {}, Windows()};
  ASSERT_TRUE(tables_.Fill(RandomWorld(1)).ok());
  const CompileHints plain{.one_currency = {"order", "ad_day", "cost"}};
  CompileHints elsewhere = plain;  // only deals are in several currencies
  elsewhere.currency = "EUR";
  elsewhere.foreign = {"deal"};
  const auto one = Compile(catalogue_, schemas_, question, DuckDbDialect(), elsewhere);
  EXPECT_THAT(one.value().sql.text, testing::Not(HasSubstr("fx_rate")));
  ExpectSame(Ask(question, plain), Ask(question, elsewhere));
  // Counts need no rate, and who asks by currency gets each in its own.
  for (const Question& asked :
       {Question{{"orders"}, {}, {}, Windows()}, Question{{"revenue_net"}, {"currency"}, {}, Windows()},
        Question{{"revenue_net"}, {}, {{"currency", {"USD"}}}, Windows()}}) {
    const auto compiled = Compile(catalogue_, schemas_, asked, DuckDbDialect(), Hints("EUR"));
    EXPECT_THAT(compiled.value().sql.text, testing::Not(HasSubstr("fx_rate")));
  }
}

}  // namespace
}  // namespace backcast
