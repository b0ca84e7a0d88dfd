// SPDX-License-Identifier: Apache-2.0
// Money in several currencies -> one, at the dated rates of the fact fx_rate. What comes in is the currency
// that is wanted; what goes out is a table of rates by day, and what a row's amount is in that currency. An
// amount without a rate keeps its own currency, so that nobody adds it.
#pragma once

#include <string>
#include <string_view>

#include "base/day.h"
#include "facts/schema.h"
#include "sql/dialect.h"

namespace backcast {

/// A day without a rate takes the latest one of so many days before: weekends and holidays.
inline constexpr int kRateDays = 7;

/// Name of the table of rates in a statement: currency, day, rate, age (days between the rate and the day).
inline constexpr std::string_view kRates = "rates";

/// Column beside the fact's own: the currency of a row's amounts as they are read.
inline constexpr std::string_view kReadCurrency = "read_currency";

/// The definition of kRates for a WITH clause, for days of `days`. A day's rate is the one that is given,
/// else the inverse of the one given the other way round, else one over a third currency of the same day (the
/// first by name). Rates that are not above nought count as none.
std::string RatesSql(std::string_view currency, const Window& days);

/// " left join rates ..." of a fact named f whose rows stand on `day` (SQL).
std::string RateJoin(std::string_view day);

/// A money column of f in the currency, to eight places so that sums do not depend on their order. Amounts
/// that name no currency are taken to be in it already.
std::string ConvertedSql(std::string_view column, std::string_view currency);

/// The value of kReadCurrency: the currency where the amount is in it, else the row's own.
std::string ReadCurrencySql(std::string_view currency);

/// Whether the fact has amounts to convert.
bool HasCurrency(const Fact& fact);

}  // namespace backcast
