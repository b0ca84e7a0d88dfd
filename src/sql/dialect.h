// SPDX-License-Identifier: Apache-2.0
// An engine's SQL as data. A new engine is one Dialect value and one Engine class.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace backcast {

/// A field without a default: a Dialect that forgets it does not compile.
template <class T>
struct Must {
  T value;
  template <class U>
  Must(U&& given) : value(std::forward<U>(given)) {}  // NOLINT: implicit on purpose
};

/// How one engine spells what the portable core of SQL leaves open. {x}, {q}, {unit}: filled in by Spell().
struct Dialect {
  Must<std::string> name;      ///< "duckdb"
  Must<std::string> quantile;  ///< exact quantile by interpolation: {x} expression, {q} 0..1, {where} filter
  Must<std::string> truncate;  ///< first day of {unit} (week, month, quarter, year) that holds {x}, as a DATE
  /// Exact count of distinct dense integers {x} from 0 to {max} as sets of bits that can be united; empty
  /// when the engine has none: a set, the union of sets {x}, the size of a set {x}.
  Must<std::string> bits, unite_bits, count_bits;
  Must<std::string> last_by;          ///< value {x} at the greatest {order}
  Must<std::string> first_by;         ///< value {x} at the least {order}
  Must<std::string> days_between;     ///< whole days from {from} to {to}
  Must<std::string> seconds_between;  ///< seconds from instant {from} to instant {to}
};

const Dialect& DuckDbDialect();

/// `pattern` with every {name} replaced; pairs of name and text.
std::string Spell(std::string_view pattern, const std::vector<std::pair<std::string, std::string>>& words);

/// An identifier in double quotes, inner quotes doubled. Used for every name that did not come from the
/// program.
std::string QuoteName(std::string_view name);

/// A string literal in single quotes, inner quotes doubled; NUL bytes are left out.
std::string QuoteText(std::string_view text);

/// One statement; arguments bind to $1, $2, ... in order.
struct Statement {
  std::string text;
  std::vector<std::string> arguments;
};

}  // namespace backcast
