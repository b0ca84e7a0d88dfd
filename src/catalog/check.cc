// SPDX-License-Identifier: Apache-2.0
#include "catalog/check.h"

#include <algorithm>
#include <array>

#include "base/nearest.h"

namespace backcast {
namespace {

using Row = RowExpression;

Error Misfit(std::string what, std::string hint = "") {
  return Error{Code::kInput, "", std::move(what), std::move(hint)};
}

std::vector<std::string> ColumnNames(const Fact& fact) {
  std::vector<std::string> names;
  for (const FactColumn& column : fact.columns) names.push_back(column.name);
  return names;
}

Result<RowType> TypeOfColumn(const std::string& name, const Fact& fact) {
  const FactColumn* column = fact.Find(name);
  if (column == nullptr) {
    const std::string near = DidYouMean(name, ColumnNames(fact));
    return Misfit("fact " + fact.id + " has no column '" + name + "'",
                  near.empty() ? "its columns are in catalogue/facts" : near);
  }
  switch (column->type) {
    case Type::kCode:
      return RowType::kCode;
    case Type::kLabel:
    case Type::kText:
      return RowType::kText;
    case Type::kCount:
    case Type::kNumber:
      return RowType::kNumber;
    case Type::kMoney:
      return RowType::kMoney;
    case Type::kDay:
      return RowType::kDay;
    case Type::kInstant:
      return RowType::kInstant;
    case Type::kFlag:
      return RowType::kFlag;
  }
  return RowType::kText;
}

bool IsCountable(RowType type) { return type == RowType::kNumber || type == RowType::kMoney; }

std::string_view ToWord(RowType type) {
  static constexpr std::array<std::string_view, 7> kWords = {"a number", "money",      "a text", "a flag",
                                                             "a day",    "an instant", "an id"};
  return kWords[static_cast<std::size_t>(type)];
}

Result<RowType> TypeOfArithmetic(const Row& expression, const Fact& fact) {
  bool money = false;
  bool plain = false;
  for (const Row& part : expression.parts) {
    BACKCAST_TRY(const RowType type, TypeOfValue(part, fact));
    if (!IsCountable(type)) {
      return Misfit(
          ToText(part) + " is " + std::string(ToWord(type)) + ", and only numbers are added and multiplied",
          type == RowType::kInstant ? "seconds(from, to) gives the time between two instants" : "");
    }
    (type == RowType::kMoney ? money : plain) = true;
  }
  const bool adds = expression.kind == Row::Kind::kAdd || expression.kind == Row::Kind::kSubtract ||
                    expression.kind == Row::Kind::kTotal;
  const bool zero = !expression.parts.empty() && expression.parts[0].kind == Row::Kind::kNumber &&
                    expression.parts[0].number == 0;
  if (adds && money && plain && !zero) return Misfit(ToText(expression) + " adds money and numbers", "");
  return money ? RowType::kMoney : RowType::kNumber;
}

/// A condition, or the fault in it. A flag column, comparisons, and/or/not.
Result<Done> CheckCondition(const Row& expression, const Fact& fact);

Result<Done> CheckComparison(const Row& expression, const Fact& fact) {
  BACKCAST_TRY(const RowType left, TypeOfValue(expression.parts[0], fact));
  for (std::size_t i = 1; i < expression.parts.size(); ++i) {
    BACKCAST_TRY(const RowType right, TypeOfValue(expression.parts[i], fact));
    if (left == right || (IsCountable(left) && IsCountable(right))) continue;
    return Misfit(
        ToText(expression) + " compares " + std::string(ToWord(left)) + " with " + std::string(ToWord(right)),
        "texts stand in single quotes");
  }
  return Done{};
}

Result<Done> CheckCondition(const Row& expression, const Fact& fact) {
  switch (expression.kind) {
    case Row::Kind::kNone:
    case Row::Kind::kFlag:
      return Done{};
    case Row::Kind::kAnd:
    case Row::Kind::kOr:
    case Row::Kind::kNot:
      for (const Row& part : expression.parts) BACKCAST_CHECK(CheckCondition(part, fact));
      return Done{};
    case Row::Kind::kMissing: {
      BACKCAST_TRY(const RowType type, TypeOfValue(expression.parts[0], fact));
      static_cast<void>(type);
      return Done{};
    }
    case Row::Kind::kEqual:
    case Row::Kind::kNotEqual:
    case Row::Kind::kLess:
    case Row::Kind::kAtMost:
    case Row::Kind::kMore:
    case Row::Kind::kAtLeast:
    case Row::Kind::kIn:
      return CheckComparison(expression, fact);
    default: {
      BACKCAST_TRY(const RowType type, TypeOfValue(expression, fact));
      if (type == RowType::kFlag) return Done{};
      return Misfit(ToText(expression) + " is " + std::string(ToWord(type)) + ", not a condition",
                    "compare it, as in paid = 'organic'");
    }
  }
}

/// The first column in the expression that may not be added, or nullptr.
const FactColumn* NotAdded(const Row& expression, const Fact& fact, bool stocks_too) {
  if (expression.kind == Row::Kind::kColumn) {
    const FactColumn* column = fact.Find(expression.text);
    if (column == nullptr || column->adding == Adding::kAdds) return nullptr;
    return column->adding == Adding::kUnique || stocks_too ? column : nullptr;
  }
  for (const Row& part : expression.parts) {
    if (const FactColumn* column = NotAdded(part, fact, stocks_too)) return column;
  }
  return nullptr;
}

Result<Done> CheckAdding(const Expression& leaf, const Fact& fact) {
  const bool adds = leaf.aggregate == "sum" || leaf.aggregate == "avg";
  const bool last = leaf.aggregate == "last" || leaf.aggregate == "first";
  const FactColumn* column = adds || last ? NotAdded(leaf.row, fact, adds) : nullptr;
  if (column == nullptr) return Done{};
  if (column->adding == Adding::kUnique) {
    return Misfit("people are not added: " + fact.id + "." + column->name +
                      " counts every person once for its own period",
                  "exact(" + fact.id + "." + column->name +
                      ") takes the platform's figure for exactly the asked period");
  }
  return Misfit(fact.id + "." + column->name + " is a level and not a flow; days of it are not added",
                "last(" + fact.id + "." + column->name + ") takes the last day and adds over accounts");
}

Result<Done> CheckArgument(const Expression& leaf, const Fact& fact) {
  if (leaf.row.kind == Row::Kind::kNone) return Done{};
  BACKCAST_TRY(const RowType type, TypeOfValue(leaf.row, fact));
  const bool counts = leaf.aggregate == "count" || leaf.aggregate == "count_distinct";
  if (leaf.aggregate == "count_distinct" && leaf.row.kind != Row::Kind::kColumn) {
    return Misfit("count_distinct takes one column, as in count_distinct(session.person)", "");
  }
  if (!counts && !IsCountable(type)) {
    return Misfit(
        leaf.aggregate + "() takes numbers, and " + ToText(leaf.row) + " is " + std::string(ToWord(type)),
        "");
  }
  return CheckAdding(leaf, fact);
}

Result<Done> CheckDays(const Expression& leaf, const Fact& fact) {
  const std::string& day = leaf.day.empty() ? fact.asked_by : leaf.day;
  const FactColumn* column = fact.Find(day);
  if (column == nullptr || column->type != Type::kDay) {
    return Misfit(leaf.day.empty() ? "fact " + fact.id + " has no day by which a period chooses its rows"
                                   : "'" + leaf.day + "' is no day column of fact " + fact.id,
                  "");
  }
  const FactColumn* start = fact.Find("period_start");
  const FactColumn* end = fact.Find("period_end");
  if (leaf.aggregate == "exact" && (start == nullptr || end == nullptr)) {
    return Misfit("exact() needs a fact with period_start and period_end; " + fact.id + " has none",
                  "account_period and ad_period have them");
  }
  return Done{};
}

Result<Done> CheckLeaf(const Expression& leaf, const Schemas& schemas) {
  const Fact* fact = schemas.Find(leaf.fact);
  if (fact == nullptr) {
    std::vector<std::string> names;
    for (const Fact& known : schemas.all()) names.push_back(known.id);
    return Misfit("there is no fact '" + leaf.fact.substr(0, 60) + "'", DidYouMean(leaf.fact, names));
  }
  BACKCAST_CHECK(CheckDays(leaf, *fact));
  BACKCAST_CHECK(CheckArgument(leaf, *fact));
  return CheckCondition(leaf.condition, *fact);
}

}  // namespace

Result<RowType> TypeOfValue(const RowExpression& expression, const Fact& fact) {
  switch (expression.kind) {
    case Row::Kind::kColumn:
      return TypeOfColumn(expression.text, fact);
    case Row::Kind::kNumber:
      return RowType::kNumber;
    case Row::Kind::kText:
      return RowType::kText;
    case Row::Kind::kFlag:
      return RowType::kFlag;
    case Row::Kind::kSeconds:
      for (const Row& part : expression.parts) {
        BACKCAST_TRY(const RowType type, TypeOfValue(part, fact));
        if (type != RowType::kInstant)
          return Misfit(
              "seconds(from, to) takes instants, and " + ToText(part) + " is " + std::string(ToWord(type)),
              "");
      }
      return RowType::kNumber;
    case Row::Kind::kAdd:
    case Row::Kind::kSubtract:
    case Row::Kind::kMultiply:
    case Row::Kind::kDivide:
    case Row::Kind::kTotal:
      return TypeOfArithmetic(expression, fact);
    default:
      return RowType::kFlag;
  }
}

std::vector<FormulaFault> CheckAggregates(const Expression& expression, const Schemas& schemas) {
  std::vector<FormulaFault> faults;
  if (expression.kind == Expression::Kind::kAggregate) {
    const Result<Done> checked = CheckLeaf(expression, schemas);
    if (!checked.ok()) faults.push_back({expression.at, checked.error().what, checked.error().hint});
  }
  for (const Expression& part : expression.parts) {
    std::vector<FormulaFault> inner = CheckAggregates(part, schemas);
    faults.insert(faults.end(), inner.begin(), inner.end());
  }
  return faults;
}

}  // namespace backcast
