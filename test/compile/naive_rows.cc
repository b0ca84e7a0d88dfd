// SPDX-License-Identifier: Apache-2.0
#include "test/compile/naive_rows.h"

#include <cstdio>
#include <optional>

#include "base/day.h"

namespace backcast {
namespace {

using Kind = RowExpression::Kind;

/// Seconds since 1970 of "2026-01-31 10:00:00".
std::optional<double> Instant(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  int hour = 0, minute = 0, second = 0;
  if (text == nullptr || std::sscanf(text->c_str() + 10, "%d:%d:%d", &hour, &minute, &second) != 3)
    return std::nullopt;
  const Day day = ParseIsoDay(text->substr(0, 10)).value();
  return static_cast<double>(day.time_since_epoch().count()) * 86400 + hour * 3600 + minute * 60 + second;
}

std::optional<int> Compare(const Cell& left, const Cell& right) {
  if (left.index() == 0 || right.index() == 0) return std::nullopt;
  if (left.index() != right.index()) return std::nullopt;
  return left < right ? -1 : right < left ? 1 : 0;
}

Cell Arithmetic(const RowExpression& e, const WorldRow& row) {
  if (e.kind == Kind::kTotal) {
    std::optional<double> sum;
    for (const RowExpression& part : e.parts) {
      if (const auto value = NumberOf(EvaluateRow(part, row))) sum = sum.value_or(0) + *value;
    }
    return sum ? Cell(*sum) : Cell();
  }
  if (e.kind == Kind::kSeconds) {
    const auto from = Instant(EvaluateRow(e.parts[0], row));
    const auto to = Instant(EvaluateRow(e.parts[1], row));
    return from && to ? Cell(*to - *from) : Cell();
  }
  const auto left = NumberOf(EvaluateRow(e.parts[0], row));
  const auto right = NumberOf(EvaluateRow(e.parts[1], row));
  if (!left || !right || (e.kind == Kind::kDivide && *right == 0)) return {};
  switch (e.kind) {
    case Kind::kAdd:
      return *left + *right;
    case Kind::kSubtract:
      return *left - *right;
    case Kind::kMultiply:
      return *left * *right;
    default:
      return *left / *right;
  }
}

}  // namespace

Cell CellOf(const WorldRow& row, const std::string& column) {
  const auto cell = row.find(column);
  return cell == row.end() ? Cell() : cell->second;
}

std::optional<double> NumberOf(const Cell& cell) {
  const double* number = std::get_if<double>(&cell);
  return number == nullptr ? std::nullopt : std::optional<double>(*number);
}

Cell EvaluateRow(const RowExpression& e, const WorldRow& row) {
  switch (e.kind) {
    case Kind::kColumn:
      return CellOf(row, e.text);
    case Kind::kNumber:
      return e.number;
    case Kind::kText:
      return e.text;
    case Kind::kFlag:
      return e.number != 0;
    case Kind::kAdd:
    case Kind::kSubtract:
    case Kind::kMultiply:
    case Kind::kDivide:
    case Kind::kSeconds:
    case Kind::kTotal:
      return Arithmetic(e, row);
    default:
      return Holds(e, row);
  }
}

bool Holds(const RowExpression& e, const WorldRow& row) {
  switch (e.kind) {
    case Kind::kNone:
      return true;
    case Kind::kAnd:
      return Holds(e.parts[0], row) && Holds(e.parts[1], row);
    case Kind::kOr:
      return Holds(e.parts[0], row) || Holds(e.parts[1], row);
    case Kind::kNot:
      return !Holds(e.parts[0], row);
    case Kind::kMissing:
      return EvaluateRow(e.parts[0], row).index() == 0;
    case Kind::kIn:
      for (std::size_t i = 1; i < e.parts.size(); ++i) {
        if (Compare(EvaluateRow(e.parts[0], row), EvaluateRow(e.parts[i], row)) == 0) return true;
      }
      return false;
    case Kind::kColumn:
    case Kind::kFlag: {
      const Cell cell = EvaluateRow(e, row);
      const bool* flag = std::get_if<bool>(&cell);
      return flag != nullptr && *flag;
    }
    default:
      break;
  }
  const auto order = Compare(EvaluateRow(e.parts[0], row), EvaluateRow(e.parts[1], row));
  if (e.kind == Kind::kNotEqual) return order != 0;
  if (!order) return false;
  switch (e.kind) {
    case Kind::kEqual:
      return *order == 0;
    case Kind::kLess:
      return *order < 0;
    case Kind::kAtMost:
      return *order <= 0;
    case Kind::kMore:
      return *order > 0;
    default:
      return *order >= 0;
  }
}

void AsksFor(const RowExpression& e, std::set<std::string>& columns) {
  if (e.kind == Kind::kOr || e.kind == Kind::kNot || e.kind == Kind::kNotEqual || e.kind == Kind::kTotal)
    return;
  if (e.kind == Kind::kColumn) columns.insert(e.text);
  for (const RowExpression& part : e.parts) AsksFor(part, columns);
}

}  // namespace backcast
