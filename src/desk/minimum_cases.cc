// SPDX-License-Identifier: Apache-2.0
#include "desk/minimum_cases.h"

#include <algorithm>
#include <string>
#include <vector>

namespace backcast {
namespace {

void CollectColumns(const RowExpression& row, std::vector<std::string>& names) {
  if (row.kind == RowExpression::Kind::kColumn) names.push_back(row.text);
  for (const RowExpression& part : row.parts) CollectColumns(part, names);
}

/// What the divisor counts: its columns, the fact whose rows it counts, the metric it is.
std::vector<std::string> CountedIn(const Expression& divisor) {
  std::vector<std::string> names;
  if (divisor.kind == Expression::Kind::kMetric) names.push_back(divisor.metric);
  if (divisor.kind == Expression::Kind::kAggregate) {
    if (divisor.aggregate == "sum") CollectColumns(divisor.row, names);
    if (divisor.aggregate == "count") names.push_back(divisor.fact);
  }
  return names;
}

/// "at least 1,000 viewable impressions and ..." -> 1000 and the words behind it.
struct Minimum {
  double number = 0;
  std::vector<std::string> words;
};

std::optional<Minimum> ReadMinimum(std::string_view text) {
  constexpr std::string_view kBegin = "at least ";
  if (!text.starts_with(kBegin)) return std::nullopt;
  text.remove_prefix(kBegin.size());
  Minimum minimum;
  std::size_t at = 0;
  for (; at < text.size() && ((text[at] >= '0' && text[at] <= '9') || text[at] == ','); ++at) {
    if (text[at] != ',') minimum.number = 10 * minimum.number + (text[at] - '0');
  }
  text = text.substr(at, text.find_first_of(";(", at) - at);
  text = text.substr(0, text.find(" and "));
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t blank = std::min(text.find(' ', from), text.size());
    std::string word(text.substr(from, blank - from));
    std::replace(word.begin(), word.end(), '-', '_');
    if (word.ends_with('s')) word.pop_back();
    if (word.size() > 2) minimum.words.push_back(std::move(word));
    from = blank + 1;
  }
  return minimum;
}

}  // namespace

std::optional<double> NeededCases(const Metric& metric) {
  if (!metric.HasFormula() || metric.expression.kind != Expression::Kind::kDivide) return std::nullopt;
  const auto minimum = ReadMinimum(metric.minimum);
  if (!minimum || minimum->number <= 0) return std::nullopt;
  for (const std::string& name : CountedIn(metric.expression.parts[1])) {
    for (const std::string& word : minimum->words) {
      if (name.find(word) != std::string::npos) return minimum->number;
    }
  }
  return std::nullopt;
}

}  // namespace backcast
