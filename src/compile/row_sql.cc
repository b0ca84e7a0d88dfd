// SPDX-License-Identifier: Apache-2.0
#include "compile/row_sql.h"

#include <charconv>

namespace backcast {
namespace {

using Row = RowExpression;

std::string Number(double number) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof(buffer), number);
  return error == std::errc{} ? std::string(buffer, end) : "null";
}

std::string AsDouble(const Row& expression, const Dialect& dialect) {
  return "cast(" + ValueSql(expression, dialect) + " as double)";
}

std::string Listed(const Row& expression, std::size_t from, const Dialect& dialect, std::string_view before,
                   std::string_view after, std::string_view between) {
  std::string text;
  for (std::size_t i = from; i < expression.parts.size(); ++i) {
    if (i > from) text += between;
    text += std::string(before) + ValueSql(expression.parts[i], dialect) + std::string(after);
  }
  return text;
}

std::string_view Sign(Row::Kind kind) {
  switch (kind) {
    case Row::Kind::kLess:
      return " < ";
    case Row::Kind::kAtMost:
      return " <= ";
    case Row::Kind::kMore:
      return " > ";
    case Row::Kind::kAtLeast:
      return " >= ";
    case Row::Kind::kAnd:
      return " and ";
    case Row::Kind::kOr:
      return " or ";
    default:
      return " = ";
  }
}

}  // namespace

std::string ValueSql(const RowExpression& expression, const Dialect& dialect) {
  const auto& parts = expression.parts;
  switch (expression.kind) {
    case Row::Kind::kColumn:
      return QuoteName(expression.text);
    case Row::Kind::kNumber:
      return Number(expression.number);
    case Row::Kind::kText:
      return QuoteText(expression.text);
    case Row::Kind::kFlag:
      return expression.number != 0 ? "true" : "false";
    case Row::Kind::kAdd:
      return "(" + ValueSql(parts[0], dialect) + " + " + ValueSql(parts[1], dialect) + ")";
    case Row::Kind::kSubtract:
      return "(" + ValueSql(parts[0], dialect) + " - " + ValueSql(parts[1], dialect) + ")";
    case Row::Kind::kMultiply:
      return "(" + AsDouble(parts[0], dialect) + " * " + AsDouble(parts[1], dialect) + ")";
    case Row::Kind::kDivide:
      return "(" + AsDouble(parts[0], dialect) + " / nullif(" + AsDouble(parts[1], dialect) + ", 0))";
    case Row::Kind::kSeconds:
      return Spell(dialect.seconds_between.value,
                   {{"from", ValueSql(parts[0], dialect)}, {"to", ValueSql(parts[1], dialect)}});
    case Row::Kind::kTotal:
      return "case when coalesce(" + Listed(expression, 0, dialect, "", "", ", ") + ") is not null then " +
             Listed(expression, 0, dialect, "coalesce(", ", 0)", " + ") + " end";
    default:
      return "(" + ConditionSql(expression, dialect) + ")";
  }
}

std::string ConditionSql(const RowExpression& expression, const Dialect& dialect) {
  const auto& parts = expression.parts;
  switch (expression.kind) {
    case Row::Kind::kNone:
      return "";
    case Row::Kind::kNot:
      return "not coalesce(" + ConditionSql(parts[0], dialect) + ", false)";
    case Row::Kind::kNotEqual:
      return "not coalesce(" + ValueSql(parts[0], dialect) + " = " + ValueSql(parts[1], dialect) + ", false)";
    case Row::Kind::kMissing:
      return ValueSql(parts[0], dialect) + " is null";
    case Row::Kind::kIn:
      return ValueSql(parts[0], dialect) + " in (" + Listed(expression, 1, dialect, "", "", ", ") + ")";
    case Row::Kind::kAnd:
    case Row::Kind::kOr:
      return "(" + ConditionSql(parts[0], dialect) + std::string(Sign(expression.kind)) +
             ConditionSql(parts[1], dialect) + ")";
    case Row::Kind::kEqual:
    case Row::Kind::kLess:
    case Row::Kind::kAtMost:
    case Row::Kind::kMore:
    case Row::Kind::kAtLeast:
      return ValueSql(parts[0], dialect) + std::string(Sign(expression.kind)) + ValueSql(parts[1], dialect);
    default:
      return ValueSql(expression, dialect);
  }
}

std::string FilterSql(const std::vector<std::string>& conditions) {
  std::string text;
  for (const std::string& condition : conditions) {
    if (!condition.empty()) text += (text.empty() ? "" : " and ") + condition;
  }
  return text.empty() ? "" : " filter (where " + text + ")";
}

bool IsExact(const RowExpression& expression, const Fact& fact) {
  switch (expression.kind) {
    case Row::Kind::kColumn: {
      const FactColumn* column = fact.Find(expression.text);
      return column != nullptr && column->type != Type::kNumber;
    }
    case Row::Kind::kAdd:
    case Row::Kind::kSubtract:
    case Row::Kind::kTotal:
      for (const Row& part : expression.parts) {
        if (!IsExact(part, fact)) return false;
      }
      return true;
    case Row::Kind::kSeconds:
      return true;
    default:
      return false;
  }
}

bool HasMoney(const RowExpression& expression, const Fact& fact) {
  if (expression.kind == Row::Kind::kColumn) {
    const FactColumn* column = fact.Find(expression.text);
    return column != nullptr && column->type == Type::kMoney;
  }
  for (const Row& part : expression.parts) {
    if (HasMoney(part, fact)) return true;
  }
  return false;
}

void CollectColumns(const RowExpression& expression, std::set<std::string>& columns) {
  if (expression.kind == Row::Kind::kColumn) columns.insert(expression.text);
  for (const Row& part : expression.parts) CollectColumns(part, columns);
}

void CollectRequired(const RowExpression& condition, std::set<std::string>& columns) {
  switch (condition.kind) {
    case Row::Kind::kAnd:
      for (const Row& part : condition.parts) CollectRequired(part, columns);
      return;
    case Row::Kind::kOr:
    case Row::Kind::kNot:
    case Row::Kind::kNotEqual:
    case Row::Kind::kTotal:
      return;
    default:
      CollectColumns(condition, columns);
  }
}

}  // namespace backcast
