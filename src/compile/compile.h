// SPDX-License-Identifier: Apache-2.0
// Question -> SQL. All metrics that read one fact share one scan, whatever their number; facts are joined only after
// aggregation; the current and the compared period come from the same pass.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "catalog/catalogue.h"
#include "facts/schema.h"
#include "sql/dialect.h"

namespace backcast {

/// dimension = one of values (OR inside, AND between filters).
struct Filter {
  std::string dimension;
  std::vector<std::string> values;
};

/// What is asked. Every window yields its own columns, in one pass over each fact.
struct Question {
  std::vector<std::string> metrics;
  std::vector<std::string> by;       ///< dimensions; the total row comes too, with by-columns missing and is_total = 1
  std::vector<Filter> filters;
  std::vector<Window> windows;       ///< at least one; may overlap (period, comparison, trend)
};

/// Result shape of `sql`: one row per group plus the total; columns: one text column per dimension of `by`, is_total,
/// and for window i and metric m: "m@i" (value), "m@i:n" (rows behind it), "m@i:currencies" (how many, for money).
struct Compiled {
  Statement sql;
  std::vector<std::string> scans;    ///< facts read, each once
};

/// Errors: kUsage, each a sentence: unknown metric or dimension (nearest name), a dimension that a metric's fact does
/// not have, a breakdown or sum that the metric's additivity forbids.
Result<Compiled> Compile(const Catalogue& catalogue, const Schemas& schemas, const Question& question, const Dialect& dialect);

/// The rows of one fact behind a metric in a window, for --rows: all its columns, newest first, at most `limit`.
Result<Statement> CompileRows(const Catalogue& catalogue, const Schemas& schemas, std::string_view metric,
                              const std::vector<Filter>& filters, const Window& window, int limit, const Dialect& dialect);

/// Dimensions by which the metric may be broken down: label and flag columns of every fact it reads, and of the
/// dimensions those facts refer to. Sorted.
std::vector<std::string> DimensionsOf(const Catalogue& catalogue, const Schemas& schemas, const Metric& metric);

}  // namespace backcast
