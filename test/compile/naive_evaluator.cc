// SPDX-License-Identifier: Apache-2.0
#include "test/compile/naive_evaluator.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "compile/dimensions.h"
#include "test/compile/naive_rows.h"

namespace backcast {

struct NaiveEvaluator::Part {
  std::optional<double> value;
  std::optional<double> rows;  ///< nothing for constants
  std::set<std::string> currencies;
};

namespace {

Day DayOf(const WorldRow& row, const std::string& column) {
  const Cell cell = CellOf(row, column);
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? Day{} : ParseIsoDay(*text).value();
}

std::optional<std::string> TextOf(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "true" : "false";
  return std::nullopt;
}

std::string FirstDay(const std::string& unit, Day day) {
  const std::chrono::year_month_day date{day};
  if (unit == "day") return ToIso(day);
  const unsigned weekday = std::chrono::weekday{day}.iso_encoding();
  if (unit == "weekday") return std::to_string(weekday);
  if (unit == "week") return ToIso(day - std::chrono::days(weekday - 1));
  const unsigned month = static_cast<unsigned>(date.month());
  const unsigned first = unit == "month" ? month : (month - 1) / 3 * 3 + 1;
  return ToIso(std::chrono::sys_days{date.year() / std::chrono::month{first} / 1});
}

std::string Identity(const Fact& fact, const WorldRow& row, const std::string& without) {
  std::string identity;
  for (const std::string& key : fact.key) {
    if (key == without) continue;
    const Cell cell = CellOf(row, key);
    const auto number = NumberOf(cell);
    identity += (number ? std::to_string(*number) : TextOf(cell).value_or("\x01")) + "\x02";
  }
  return identity;
}

double Quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const double at = share * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, values.size() - 1);
  return values[low] + (values[high] - values[low]) * (at - static_cast<double>(low));
}

void VisitLeaves(const Expression& e, const Catalogue& catalogue,
                 const std::function<void(const Expression&)>& visit) {
  if (e.kind == Expression::Kind::kAggregate) visit(e);
  if (e.kind == Expression::Kind::kMetric)
    VisitLeaves(catalogue.Find(e.metric)->expression, catalogue, visit);
  for (const Expression& part : e.parts) VisitLeaves(part, catalogue, visit);
}

/// The value of the first or last reported day of every series, added.
std::optional<double> Level(const Expression& leaf, const Fact& fact, const std::string& day,
                            const std::vector<const WorldRow*>& rows, double& series) {
  std::map<std::string, std::pair<Day, double>> edges;
  for (const WorldRow* row : rows) {
    const auto value = NumberOf(EvaluateRow(leaf.row, *row));
    if (!value) continue;
    const Day at = DayOf(*row, day);
    const auto [edge, is_new] = edges.try_emplace(Identity(fact, *row, fact.day), at, *value);
    if (is_new || (leaf.aggregate == "last" ? at > edge->second.first : at < edge->second.first))
      edge->second = {at, *value};
  }
  series = static_cast<double>(edges.size());
  std::optional<double> sum;
  for (const auto& [identity, edge] : edges) sum = sum.value_or(0) + edge.second;
  return sum;
}

/// sum, avg, min, max, quantile, exact over reported values.
std::optional<double> Plain(const Expression& leaf, const std::vector<double>& values) {
  if (values.empty() || (leaf.aggregate == "exact" && values.size() != 1)) return std::nullopt;
  double sum = 0;
  for (const double value : values) sum += value;
  if (leaf.aggregate == "avg") return sum / static_cast<double>(values.size());
  if (leaf.aggregate == "min") return *std::min_element(values.begin(), values.end());
  if (leaf.aggregate == "max") return *std::max_element(values.begin(), values.end());
  if (leaf.aggregate == "quantile") return Quantile(values, leaf.quantile);
  return sum;
}

}  // namespace

std::optional<std::string> NaiveEvaluator::Dimension(const Fact& fact, const WorldRow& row,
                                                     const std::string& day, const std::string& name) const {
  const DimensionSource source = *FindDimension(schemas_, fact, name);
  if (!source.unit.empty()) return FirstDay(source.unit, DayOf(row, day));
  if (source.through.empty()) return TextOf(CellOf(row, source.column));
  const auto key = NumberOf(CellOf(row, source.through));
  const auto table = world_.find(source.dimension);
  if (!key || table == world_.end() || *key >= static_cast<double>(table->second.size())) return std::nullopt;
  return TextOf(CellOf(table->second[static_cast<std::size_t>(*key)], source.column));
}

std::vector<std::optional<std::string>> NaiveEvaluator::KeyOf(const Fact& fact, const WorldRow& row,
                                                              const std::string& day) const {
  std::vector<std::optional<std::string>> key;
  for (const std::string& name : question_.by) key.push_back(Dimension(fact, row, day, name));
  return key;
}

bool NaiveEvaluator::Passes(const Fact& fact, const WorldRow& row, const std::string& day) const {
  for (const Filter& filter : question_.filters) {
    const std::string value = Dimension(fact, row, day, filter.dimension).value_or("");
    bool passes = false;
    for (const std::string& wanted : filter.values) {
      const auto* alias = catalogue_.Alias(filter.dimension, wanted);
      passes = passes || (alias == nullptr ? value == wanted
                                           : std::find(alias->begin(), alias->end(), value) != alias->end());
    }
    if (!passes) return false;
  }
  return true;
}

NaiveEvaluator::Rows NaiveEvaluator::Read(const Fact& fact, const std::string& day) const {
  Rows rows;
  const auto table = world_.find(fact.id);
  if (table == world_.end()) return rows;
  std::map<std::string, const WorldRow*> latest;
  for (const WorldRow& row : table->second) {
    const bool asked = CellOf(row, day).index() != 0 &&
                       std::any_of(question_.windows.begin(), question_.windows.end(),
                                   [&](const Window& window) { return window.Contains(DayOf(row, day)); });
    if (!asked) continue;
    if (fact.latest.empty()) {
      rows.push_back(&row);
      continue;
    }
    const WorldRow*& kept = latest[Identity(fact, row, fact.latest)];
    if (kept == nullptr || DayOf(row, fact.latest) > DayOf(*kept, fact.latest)) kept = &row;
  }
  for (const auto& [identity, row] : latest) rows.push_back(row);
  std::erase_if(rows, [&](const WorldRow* row) { return !Passes(fact, *row, day); });
  return rows;
}

std::vector<GroupKey> NaiveEvaluator::Groups() const {
  std::set<GroupKey> groups = {GroupKey{true, {}}};
  for (const std::string& id : question_.metrics) {
    if (question_.by.empty()) break;
    VisitLeaves(catalogue_.Find(id)->expression, catalogue_, [&](const Expression& leaf) {
      const Fact& fact = *schemas_.Find(leaf.fact);
      const std::string& day = leaf.day.empty() ? fact.asked_by : leaf.day;
      for (const WorldRow* row : Read(fact, day)) groups.insert({false, KeyOf(fact, *row, day)});
    });
  }
  return {groups.begin(), groups.end()};
}

NaiveEvaluator::Part NaiveEvaluator::EvaluateLeaf(const Expression& leaf, const GroupKey& group,
                                                  const Window& window) const {
  const Fact& fact = *schemas_.Find(leaf.fact);
  const std::string& day = leaf.day.empty() ? fact.asked_by : leaf.day;
  const Rows read = Read(fact, day);
  Rows rows;
  for (const WorldRow* row : read) {
    const bool in_group = group.is_total || KeyOf(fact, *row, day) == group.values;
    const bool in_window = leaf.aggregate == "exact"
                               ? DayOf(*row, "period_start") == window.from &&
                                     DayOf(*row, "period_end") == window.to - std::chrono::days(1)
                               : window.Contains(DayOf(*row, day));
    if (in_group && in_window && Holds(leaf.condition, *row)) rows.push_back(row);
  }
  Part part;
  part.rows = static_cast<double>(rows.size());
  if (leaf.aggregate == "last" || leaf.aggregate == "first") {
    part.value = Level(leaf, fact, day, rows, *part.rows);
    return part;
  }
  if (leaf.aggregate == "count" || leaf.aggregate == "count_distinct") {
    if (leaf.row.kind != RowExpression::Kind::kNone && leaf.aggregate == "count") {
      std::erase_if(rows, [&](const WorldRow* row) { return EvaluateRow(leaf.row, *row).index() == 0; });
      part.rows = static_cast<double>(rows.size());
    }
    std::set<Cell> distinct;
    for (const WorldRow* row : rows)
      distinct.insert(
          EvaluateRow(leaf.row.kind == RowExpression::Kind::kNone ? RowExpression{} : leaf.row, *row));
    distinct.erase(Cell());
    std::set<std::string> asked;
    AsksFor(leaf.condition, asked);
    if (leaf.row.kind != RowExpression::Kind::kNone) AsksFor(leaf.row, asked);
    const auto table = world_.find(fact.id);
    bool known = table != world_.end() && !table->second.empty();
    for (const std::string& column : asked) {
      known = known && (read.empty() || std::any_of(read.begin(), read.end(), [&](const WorldRow* row) {
                          return CellOf(*row, column).index() != 0;
                        }));
    }
    if (known) part.value = leaf.aggregate == "count" ? *part.rows : static_cast<double>(distinct.size());
    return part;
  }
  std::vector<double> values;
  bool money = false;
  for (const FactColumn& column : fact.columns)
    money = money || (column.type == Type::kMoney && leaf.argument.find(column.name) != std::string::npos);
  for (const WorldRow* row : rows) {
    const auto value = NumberOf(EvaluateRow(leaf.row, *row));
    if (!value) continue;
    values.push_back(*value);
    const auto currency = TextOf(CellOf(*row, "currency"));
    if (money && currency) part.currencies.insert(*currency);
  }
  part.value = Plain(leaf, values);
  if (leaf.aggregate == "exact" || leaf.aggregate == "avg" || leaf.aggregate == "quantile")
    part.rows = static_cast<double>(values.size());
  return part;
}

NaiveEvaluator::Part NaiveEvaluator::Evaluate(const Expression& e, const GroupKey& group,
                                              const Window& window) const {
  using Kind = Expression::Kind;
  if (e.kind == Kind::kMetric) return Evaluate(catalogue_.Find(e.metric)->expression, group, window);
  if (e.kind == Kind::kAggregate) return EvaluateLeaf(e, group, window);
  Part whole;
  if (e.kind == Kind::kNumber) {
    whole.value = e.number;
    return whole;
  }
  std::vector<Part> parts;
  for (const Expression& part : e.parts) {
    parts.push_back(Evaluate(part, group, window));
    whole.currencies.insert(parts.back().currencies.begin(), parts.back().currencies.end());
    if (parts.back().rows) whole.rows = std::max(whole.rows.value_or(0), *parts.back().rows);
  }
  if (e.kind == Kind::kTotal) {
    for (const Part& part : parts) {
      if (part.value) whole.value = whole.value.value_or(0) + *part.value;
    }
    return whole;
  }
  if (e.kind == Kind::kDivide && parts[1].rows) whole.rows = parts[1].rows;
  if (!parts[0].value || !parts[1].value || (e.kind == Kind::kDivide && *parts[1].value == 0)) return whole;
  const double left = *parts[0].value;
  const double right = *parts[1].value;
  whole.value = e.kind == Kind::kAdd        ? left + right
                : e.kind == Kind::kSubtract ? left - right
                : e.kind == Kind::kMultiply ? left * right
                                            : left / right;
  return whole;
}

NaiveAnswer NaiveEvaluator::Answer(const Metric& metric, const GroupKey& group, const Window& window) const {
  const Part part = Evaluate(metric.expression, group, window);
  return {part.value, part.rows.value_or(0),
          static_cast<int>(std::min<std::size_t>(part.currencies.size(), 2))};
}

}  // namespace backcast
