// SPDX-License-Identifier: Apache-2.0
// The formula language of the catalogue: text in, a tree of plain data out. docs/metrics-language.md explains
// it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backcast {

/// What is computed for one row of a fact: a value or a condition. Plain data.
/// Conditions know two answers only: a comparison with a missing value is false, a missing flag is false, and
/// `not` turns false into true; `a <> b` is `not (a = b)`. Values: a missing part makes the whole missing, x
/// / 0 is missing.
struct RowExpression {
  enum class Kind : std::uint8_t {
    kNone,    ///< no expression: every row
    kColumn,  ///< text = the column's name
    kNumber,
    kText,
    kFlag,  ///< number = 1 or 0
    kAdd,
    kSubtract,
    kMultiply,
    kDivide,
    kEqual,
    kNotEqual,
    kLess,
    kAtMost,
    kMore,
    kAtLeast,
    kIn,  ///< parts[0] is one of parts[1..]
    kAnd,
    kOr,
    kNot,
    kMissing,  ///< parts[0] is missing
    kSeconds,  ///< seconds from instant parts[0] to instant parts[1]
    kTotal,    ///< sum of those parts that are reported; missing when none is
  };
  Kind kind = Kind::kNone;
  double number = 0;
  std::string text;
  std::vector<RowExpression> parts;
};

/// A formula as plain data. Leaves aggregate one fact; inner nodes are arithmetic, where a missing part makes
/// the whole missing and a division by zero is missing too; kMetric refers to another metric.
struct Expression {
  enum class Kind : std::uint8_t {
    kNumber,
    kMetric,
    kAggregate,
    kAdd,
    kSubtract,
    kMultiply,
    kDivide,
    kTotal,  ///< sum of those parts that are reported; missing when none is
  };
  Kind kind = Kind::kNumber;
  double number = 0;
  std::string metric;  ///< kMetric
  std::string
      aggregate;     ///< kAggregate: sum, count, count_distinct, quantile, last, first, avg, min, max, exact
  std::string fact;  ///< kAggregate: the one fact it scans
  std::string argument;  ///< kAggregate: row expression over the fact's columns, in the formula's own syntax
  std::string where;     ///< kAggregate: row condition, may be empty
  std::string day;      ///< kAggregate: the day column by which a window chooses rows; empty = the fact's own
  double quantile = 0;  ///< kAggregate quantile: 0..1
  RowExpression row, condition;   ///< kAggregate: `argument` and `where` as trees
  std::vector<Expression> parts;  ///< arithmetic: left, right; kTotal: two or more
  std::size_t at = 0;             ///< character of the formula where this part begins, from 1
};

/// Reads a formula of at most 4,000 characters and about 40 brackets inside each other.
/// Errors: kInput, where = "character N": what stands there and what was expected.
Result<Expression> ParseFormula(std::string_view text);

/// The tree in the formula's own syntax, in one canonical spelling; equal texts mean equal trees.
std::string ToText(const RowExpression& expression);
std::string ToText(const Expression& expression);

}  // namespace backcast
