// SPDX-License-Identifier: Apache-2.0
// Formula trees back to text, in one canonical spelling.
#include <charconv>

#include "catalog/formula.h"

namespace backcast {
namespace {

std::string Spelled(double number) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof(buffer), number);
  return error == std::errc{} ? std::string(buffer, end) : "0";
}

std::string Quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

template <class Tree>
std::string Listed(const std::vector<Tree>& parts, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < parts.size(); ++i) text += (i > from ? ", " : "") + ToText(parts[i]);
  return text;
}

std::string_view Sign(RowExpression::Kind kind) {
  using Kind = RowExpression::Kind;
  switch (kind) {
    case Kind::kAdd:
      return " + ";
    case Kind::kSubtract:
      return " - ";
    case Kind::kMultiply:
      return " * ";
    case Kind::kDivide:
      return " / ";
    case Kind::kEqual:
      return " = ";
    case Kind::kNotEqual:
      return " <> ";
    case Kind::kLess:
      return " < ";
    case Kind::kAtMost:
      return " <= ";
    case Kind::kMore:
      return " > ";
    case Kind::kAtLeast:
      return " >= ";
    case Kind::kAnd:
      return " and ";
    case Kind::kOr:
      return " or ";
    default:
      return "";
  }
}

std::string_view Sign(Expression::Kind kind) {
  switch (kind) {
    case Expression::Kind::kAdd:
      return " + ";
    case Expression::Kind::kSubtract:
      return " - ";
    case Expression::Kind::kMultiply:
      return " * ";
    default:
      return " / ";
  }
}

}  // namespace

std::string ToText(const RowExpression& expression) {
  using Kind = RowExpression::Kind;
  switch (expression.kind) {
    case Kind::kNone:
      return "";
    case Kind::kColumn:
      return expression.text;
    case Kind::kNumber:
      return Spelled(expression.number);
    case Kind::kText:
      return Quoted(expression.text);
    case Kind::kFlag:
      return expression.number != 0 ? "true" : "false";
    case Kind::kIn:
      return ToText(expression.parts[0]) + " in (" + Listed(expression.parts, 1) + ")";
    case Kind::kNot:
      return "not (" + ToText(expression.parts[0]) + ")";
    case Kind::kMissing:
      return ToText(expression.parts[0]) + " is missing";
    case Kind::kSeconds:
      return "seconds(" + Listed(expression.parts, 0) + ")";
    case Kind::kTotal:
      return "total(" + Listed(expression.parts, 0) + ")";
    default:
      return "(" + ToText(expression.parts[0]) + std::string(Sign(expression.kind)) +
             ToText(expression.parts[1]) + ")";
  }
}

std::string ToText(const Expression& expression) {
  switch (expression.kind) {
    case Expression::Kind::kNumber:
      return Spelled(expression.number);
    case Expression::Kind::kMetric:
      return expression.metric;
    case Expression::Kind::kTotal:
      return "total(" + Listed(expression.parts, 0) + ")";
    case Expression::Kind::kAggregate: {
      std::string text = expression.aggregate + "(";
      if (expression.aggregate == "quantile") text += Spelled(expression.quantile) + ", ";
      text += expression.fact + (expression.argument.empty() ? "" : ": " + expression.argument);
      if (!expression.where.empty()) text += " where " + expression.where;
      if (!expression.day.empty()) text += " on " + expression.day;
      return text + ")";
    }
    default:
      return "(" + ToText(expression.parts[0]) + std::string(Sign(expression.kind)) +
             ToText(expression.parts[1]) + ")";
  }
}

}  // namespace backcast
