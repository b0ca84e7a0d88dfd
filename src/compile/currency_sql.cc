// SPDX-License-Identifier: Apache-2.0
#include "compile/currency_sql.h"

#include <algorithm>

namespace backcast {
namespace {

/// The rates of the days, each in both directions.
std::string BothWays(const Window& days) {
  const std::string given =
      "\n      from \"fx_rate\" where \"rate\" > 0 and \"currency\" <> \"base\" and "
      "\"date\" >= date " +
      QuoteText(ToIso(days.from - std::chrono::days{kRateDays})) + " and \"date\" < date " +
      QuoteText(ToIso(days.to));
  return "    select \"date\", \"currency\" as \"of\", \"base\" as \"into\", \"rate\", 0 as \"turned\"" +
         given + "\n    union all\n    select \"date\", \"base\", \"currency\", 1 / \"rate\", 1" + given;
}

}  // namespace

std::string RatesSql(std::string_view currency, const Window& days) {
  const std::string into = QuoteText(currency);
  return "-- rates into " + std::string(currency) + ": of the day itself, else the latest of the " +
         std::to_string(kRateDays) + " days before\n\"rate_pairs\" as (\n" + BothWays(days) + R"(
),
"rates_given" as (
  select "date", "currency", "rate" from (
    select *, row_number() over (partition by "date", "currency" order by "way", "over", "turned", "rate") as "choice"
    from (
      select "date", "of" as "currency", "rate", "turned" as "way", '' as "over", 0 as "turned" from "rate_pairs"
      where "into" = )" +
         into + R"(
      union all
      select a."date", a."of", a."rate" * b."rate", 2, a."into", 2 * a."turned" + b."turned"
      from "rate_pairs" as a join "rate_pairs" as b on b."date" = a."date" and b."of" = a."into"
      where b."into" = )" +
         into + " and a.\"of\" <> " + into + R"(
    ) as every_way
  ) as ranked where "choice" = 1
),
"rates" as (
  select "currency", "day", "rate", "age" from (
    select *, row_number() over (partition by "currency", "day" order by "age") as "choice" from (
      select g."currency", cast(g."date" + a."age" * interval '1' day as date) as "day", g."rate", a."age"
      from "rates_given" as g cross join (values (0), (1), (2), (3), (4), (5), (6), (7)) as a("age")
    ) as served
  ) as ranked where "choice" = 1
))";
}

std::string RateJoin(std::string_view day) {
  const std::string rates = QuoteName(kRates);
  return "left join " + rates + " on " + rates + ".\"currency\" = f.\"currency\" and " + rates +
         ".\"day\" = " + std::string(day);
}

std::string ConvertedSql(std::string_view column, std::string_view currency) {
  const std::string amount = "f." + QuoteName(column);
  const std::string own = "f.\"currency\" is null or f.\"currency\" = " + QuoteText(currency) + " or " +
                          QuoteName(kRates) + ".\"rate\" is null";
  return "case when " + own + " then cast(" + amount + " as decimal(38, 8)) else try_cast(cast(" + amount +
         " as double) * " + QuoteName(kRates) + ".\"rate\" as decimal(38, 8)) end";
}

std::string ReadCurrencySql(std::string_view currency) {
  return "case when " + QuoteName(kRates) + ".\"rate\" is not null then " + QuoteText(currency) +
         " else f.\"currency\" end";
}

bool HasCurrency(const Fact& fact) {
  return fact.Find("currency") != nullptr &&
         std::any_of(fact.columns.begin(), fact.columns.end(),
                     [](const FactColumn& column) { return column.type == Type::kMoney; });
}

}  // namespace backcast
