// SPDX-License-Identifier: Apache-2.0
// Question -> SQL. All metrics that read one fact share one scan, whatever their number; facts are joined
// only after aggregation; the current and the compared period come from the same pass.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "catalog/catalogue.h"
#include "facts/schema.h"
#include "sql/dialect.h"

namespace backcast {

/// dimension = one of values (OR inside, AND between filters). The value "" stands for missing; a value may
/// be an alias of the catalogue (channel_group social).
struct Filter {
  std::string dimension;
  std::vector<std::string> values;
};

/// A run of days cut into equal parts: the trend.
struct Series {
  std::string unit;  ///< day, week, month, quarter; empty: none
  Window days;
};

/// What is asked. Every window yields its own columns, in one pass over each fact.
struct Question {
  std::vector<std::string> metrics;
  std::vector<std::string>
      by;  ///< dimensions; the total row comes too, with by-columns missing and is_total = 1
  std::vector<Filter> filters;
  std::vector<Window> windows;  ///< at least one; may overlap (period, comparison)
  Series series = {};           ///< of the totals, from the same pass where their parts can be put together
};

/// Reports of one fact that are cut in several ways.
struct CutReports {
  /// All ways that stand in the fact, as its column has them, each with the measures that its rows have.
  std::map<std::string, std::set<std::string>> breakdowns;
  std::vector<std::string> owners;  ///< columns of cut_within that tell one owner from another
};

/// What the caller knows about the lake. The compiler uses it to count people faster; the answer is the
/// same, but for `cuts`.
struct CompileHints {
  std::map<std::string, std::int64_t>
      max_id;  ///< dimension -> greatest id in its key column ("person" -> 1499999)
  std::map<std::string, std::int64_t> values;  ///< column of a breakdown -> how many different values, about
  std::set<std::string> one_currency;          ///< facts with no more than one currency in all their rows
  /// Amounts are read in this currency, at the dated rates of fx_rate; empty: as they stand. A question that
  /// breaks down or filters by currency is answered as they stand.
  std::string currency;
  std::set<std::string> foreign;  ///< with `currency`: facts that have amounts in other ones
  Window data;                    ///< days that have rows at all; no days: not known
  /// Facts of which somebody has reports that are cut in more than one way. Without them reports of the same
  /// days would be added.
  std::map<std::string, CutReports> cuts;
  std::set<std::string> empty;  ///< facts without rows: CompileRows shows another one where there is one
  std::map<std::string, std::set<std::string>>
      targeted_by;  ///< fact -> columns from which in_target is worked out
};

/// Result shape of `sql`: one row per group plus the total, the total first, groups in order; columns: one
/// text column per dimension of `by`, is_total (1, 0), and for window i and metric m: "m@i" (value), "m@i:n"
/// (rows that met the condition; of a ratio, those of its divisor), "m@i:base" (only for ratios: the divisor
/// itself, e.g. sessions), "m@i:currencies" (only with money in it: 0 none, 1, or 2 for several, or for
/// amounts that have no rate into the currency of the hints). Days, weeks, months, quarters in `by` are named
/// by their first day, weekdays by 1 (Monday) to 7. A count is 0 when its fact has rows at all and the
/// columns it asks about are reported; everything else that no row reports is missing. An empty window has
/// missing values. With a series there is one more text column, "series", and behind the groups a row for
/// each of its parts that a fact knows: the part's first day in it, is_total = 0, the values in the columns
/// of window 0.
struct Compiled {
  Statement sql;
  std::vector<std::string> scans;  ///< facts read, each once
  bool with_series =
      false;  ///< false: the series cannot come from this pass, or none was asked; ask it by unit
};

/// Errors: kUsage, each a sentence: unknown metric or dimension (nearest name), a metric without a formula, a
/// dimension that a metric's fact does not have, a breakdown or sum that the metric's additivity forbids.
Result<Compiled> Compile(const Catalogue& catalogue, const Schemas& schemas, const Question& question,
                         const Dialect& dialect, const CompileHints& hints = {});

/// The rows of one fact (the first that has any) behind a metric in a window, for --rows: all its columns,
/// newest first, at most `limit`.
Result<Statement> CompileRows(const Catalogue& catalogue, const Schemas& schemas, std::string_view metric,
                              const std::vector<Filter>& filters, const Window& window, int limit,
                              const Dialect& dialect, const CompileHints& hints = {});

/// Dimensions by which the metric may be broken down: label and flag columns of every fact it reads, and of
/// the dimensions those facts refer to, and the days, weeks, months, quarters, weekdays of the fact's day.
/// Sorted.
std::vector<std::string> DimensionsOf(const Catalogue& catalogue, const Schemas& schemas,
                                      const Metric& metric);

}  // namespace backcast
