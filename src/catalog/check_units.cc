// SPDX-License-Identifier: Apache-2.0
// Units and bases: what a formula yields against what its entry declares.
#include <algorithm>
#include <set>

#include "catalog/check.h"

namespace backcast {
namespace {

/// Units of which it matters that they agree; kPlain is every other number (counts, ratios, scores).
enum class Measure : std::uint8_t { kPlain, kMoney, kSeconds, kConstant };

std::string_view ToWord(Measure measure) {
  switch (measure) {
    case Measure::kMoney:
      return "currency";
    case Measure::kSeconds:
      return "seconds";
    default:
      return "a number";
  }
}

Measure MeasureOf(std::string_view unit) {
  if (unit == "currency") return Measure::kMoney;
  return unit == "seconds" ? Measure::kSeconds : Measure::kPlain;
}

bool IsSeconds(const RowExpression& row) {
  if (row.kind == RowExpression::Kind::kSeconds) return true;
  if (row.kind == RowExpression::Kind::kColumn) {
    constexpr std::string_view kEnd = "_seconds";
    return row.text.size() > kEnd.size() &&
           row.text.compare(row.text.size() - kEnd.size(), kEnd.size(), kEnd) == 0;
  }
  return row.kind != RowExpression::Kind::kDivide &&
         std::any_of(row.parts.begin(), row.parts.end(), IsSeconds);
}

class UnitCheck {
 public:
  UnitCheck(const Schemas& schemas, const FindMetric& find) : schemas_(schemas), find_(find) {}

  Measure Of(const Expression& e) {
    using Kind = Expression::Kind;
    switch (e.kind) {
      case Kind::kNumber:
        return Measure::kConstant;
      case Kind::kMetric:
        return OfMetric(e.metric);
      case Kind::kAggregate:
        return OfLeaf(e);
      case Kind::kMultiply:
        return Product(e);
      case Kind::kDivide:
        return Quotient(e);
      default:
        return Sum(e);
    }
  }

  std::vector<FormulaFault> faults;
  std::set<std::string> bases;

 private:
  Measure OfMetric(const std::string& id) {
    const Metric* metric = find_(id);
    if (metric == nullptr) return Measure::kConstant;
    bases.insert(metric->basis);
    return MeasureOf(metric->unit);
  }

  Measure OfLeaf(const Expression& leaf) {
    const Fact* fact = schemas_.Find(leaf.fact);
    if (fact == nullptr) return Measure::kConstant;
    bases.insert(fact->latest.empty() ? "period" : "lifetime");
    if (leaf.aggregate == "count" || leaf.aggregate == "count_distinct") return Measure::kPlain;
    const Result<RowType> type = TypeOfValue(leaf.row, *fact);
    if (type.ok() && type.value() == RowType::kMoney) return Measure::kMoney;
    return IsSeconds(leaf.row) ? Measure::kSeconds : Measure::kPlain;
  }

  Measure Sum(const Expression& e) {
    Measure whole = Measure::kConstant;
    for (const Expression& part : e.parts) {
      const Measure measure = Of(part);
      if (measure == Measure::kConstant) continue;
      if (whole != Measure::kConstant && whole != measure) {
        faults.push_back({part.at,
                          "the units do not agree: " + std::string(ToWord(whole)) + " and " +
                              std::string(ToWord(measure)) + " are put together",
                          ""});
      }
      whole = measure;
    }
    return whole;
  }

  Measure Product(const Expression& e) {
    const Measure left = Of(e.parts[0]);
    const Measure right = Of(e.parts[1]);
    const auto plain = [](Measure m) { return m == Measure::kConstant || m == Measure::kPlain; };
    if (!plain(left) && !plain(right)) {
      faults.push_back(
          {e.at, std::string(ToWord(left)) + " is multiplied by " + std::string(ToWord(right)), ""});
    }
    if (left == Measure::kConstant) return right;
    return plain(left) && right != Measure::kConstant ? right : left;
  }

  Measure Quotient(const Expression& e) {
    const Measure left = Of(e.parts[0]);
    const Measure right = Of(e.parts[1]);
    if (left == Measure::kConstant && right == Measure::kConstant) return Measure::kConstant;
    const bool has_unit = right == Measure::kMoney || right == Measure::kSeconds;
    if (!has_unit) return left == Measure::kConstant ? Measure::kPlain : left;
    if (left != right) {
      faults.push_back({e.at,
                        "the units do not agree: " + std::string(ToWord(left)) + " is divided by " +
                            std::string(ToWord(right)),
                        ""});
    }
    return Measure::kPlain;
  }

  const Schemas& schemas_;
  const FindMetric& find_;
};

}  // namespace

std::vector<FormulaFault> CheckUnits(const Metric& metric, const Schemas& schemas, const FindMetric& find) {
  UnitCheck check(schemas, find);
  const Measure measure = check.Of(metric.expression);
  const Measure declared = MeasureOf(metric.unit);
  if (check.faults.empty() && measure != Measure::kConstant && measure != declared) {
    check.faults.push_back(
        {1, "the formula gives " + std::string(ToWord(measure)) + " and the entry says unit: " + metric.unit,
         "make them agree"});
  }
  const bool mixed = check.bases.size() > 1;
  if (mixed && (metric.basis != "mixed" || metric.expression.kind != Expression::Kind::kDivide)) {
    check.faults.push_back({1, "lifetime counters and daily rows stand in one formula",
                            "only a ratio may mix them, and then it says basis: mixed"});
  } else if (!mixed && !check.bases.empty() && *check.bases.begin() != metric.basis) {
    check.faults.push_back(
        {1, "the formula reads " + *check.bases.begin() + " facts and the entry says basis: " + metric.basis,
         "make them agree"});
  }
  return std::move(check.faults);
}

}  // namespace backcast
