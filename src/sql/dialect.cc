// SPDX-License-Identifier: Apache-2.0
#include "sql/dialect.h"

namespace backcast {

const Dialect& DuckDbDialect() {
  static const Dialect dialect = {
      .name = "duckdb",
      .quantile = "quantile_cont({x}, {q}){where}",
      .truncate = "cast(date_trunc('{unit}', {x}) as date)",
      .bits = "bitstring_agg({x}, 0, {max}){where}",
      .unite_bits = "bit_or({x}){where}",
      .count_bits = "bit_count({x})",
      .last_by = "arg_max({x}, {order}){where}",
      .first_by = "arg_min({x}, {order}){where}",
      .days_between = "date_diff('day', {from}, {to})",
      .seconds_between = "date_diff('second', {from}, {to})",
  };
  return dialect;
}

std::string Spell(std::string_view pattern, const std::vector<std::pair<std::string, std::string>>& words) {
  std::string text;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t close = pattern[at] == '{' ? pattern.find('}', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      text += pattern[at++];
      continue;
    }
    const std::string_view name = pattern.substr(at + 1, close - at - 1);
    for (const auto& [word, value] : words) {
      if (word == name) text += value;
    }
    at = close + 1;
  }
  return text;
}

std::string QuoteName(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '\0') continue;
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string QuoteText(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\0') continue;
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

}  // namespace backcast
