// SPDX-License-Identifier: Apache-2.0
#include "compile/metric_sql.h"

#include <algorithm>

#include "compile/row_sql.h"

namespace backcast {
namespace {

using Kind = Expression::Kind;

class MetricWriter {
 public:
  MetricWriter(const Catalogue& catalogue, const Leaves& leaves, const Dialect& dialect, std::size_t window)
      : catalogue_(catalogue), leaves_(leaves), dialect_(dialect), window_(window) {}

  std::string Value(const Expression& e) const {
    switch (e.kind) {
      case Kind::kNumber: {
        RowExpression number;
        number.kind = RowExpression::Kind::kNumber;
        number.number = e.number;
        return "cast(" + ValueSql(number, dialect_) + " as double)";
      }
      case Kind::kMetric:
        return Value(catalogue_.Find(e.metric)->expression);
      case Kind::kAggregate:
        return LeafValue(e);
      case Kind::kAdd:
        return "(" + Value(e.parts[0]) + " + " + Value(e.parts[1]) + ")";
      case Kind::kSubtract:
        return "(" + Value(e.parts[0]) + " - " + Value(e.parts[1]) + ")";
      case Kind::kMultiply:
        return "(" + Value(e.parts[0]) + " * " + Value(e.parts[1]) + ")";
      case Kind::kDivide:
        return "(" + Value(e.parts[0]) + " / nullif(" + Value(e.parts[1]) + ", 0))";
      case Kind::kTotal:
        return Total(e);
    }
    return "null";
  }

  /// Rows behind the value: of a ratio those of its divisor, else of the part with the most.
  std::string Rows(const Expression& e) const {
    if (e.kind == Kind::kMetric) return Rows(catalogue_.Find(e.metric)->expression);
    if (e.kind == Kind::kAggregate) return LeafRows(LeafOf(e));
    if (e.kind == Kind::kDivide) {
      std::string divisor = Rows(e.parts[1]);
      return divisor.empty() ? Rows(e.parts[0]) : divisor;
    }
    std::string most;
    for (const Expression& part : e.parts) {
      const std::string rows = Rows(part);
      if (rows.empty() || rows == most) continue;
      most = most.empty() ? rows : "greatest(coalesce(" + most + ", 0), coalesce(" + rows + ", 0))";
    }
    return most;
  }

  /// The divisor of the metric when it is a ratio, seen through references and constants: sessions of 1 -
  /// bounces / sessions.
  const Expression* Divisor(const Expression& e) const {
    if (e.kind == Kind::kMetric) return Divisor(catalogue_.Find(e.metric)->expression);
    if (e.kind == Kind::kDivide) return e.parts[1].kind == Kind::kNumber ? Divisor(e.parts[0]) : &e.parts[1];
    if (e.parts.size() == 2 && e.parts[0].kind == Kind::kNumber) return Divisor(e.parts[1]);
    if (e.parts.size() == 2 && e.parts[1].kind == Kind::kNumber) return Divisor(e.parts[0]);
    return nullptr;
  }

  void Currencies(const Expression& e, std::vector<std::string>& low, std::vector<std::string>& high) const {
    if (e.kind == Kind::kMetric) return Currencies(catalogue_.Find(e.metric)->expression, low, high);
    for (const Expression& part : e.parts) Currencies(part, low, high);
    if (e.kind != Kind::kAggregate || LeafOf(e).low_currency < 0) return;
    const std::string from = Column(LeafOf(e), LeafOf(e).low_currency);
    if (std::find(low.begin(), low.end(), from) != low.end()) return;
    low.push_back(from);
    high.push_back(Column(LeafOf(e), LeafOf(e).high_currency));
  }

 private:
  const Leaf& LeafOf(const Expression& e) const { return leaves_.leaves.find(ToText(e))->second; }
  const Scan& ScanOf(const Leaf& leaf) const { return leaves_.scans[static_cast<std::size_t>(leaf.scan)]; }

  std::string Column(const Leaf& leaf, int slot, std::string_view end = "") const {
    return QuoteName(ScanOf(leaf).name + "_windows") + "." +
           QuoteName("a" + std::to_string(slot) + "w" + std::to_string(window_) + std::string(end));
  }

  /// 0 where the group has no row and the fact could have told; NULL where it could not.
  std::string OrZero(const Leaf& leaf, const std::string& column) const {
    const Scan& scan = ScanOf(leaf);
    const std::string known = QuoteName(scan.name + "_known") + ".";
    std::string when = known + "\"any_row\"";
    for (const std::string& required : leaf.required) {
      const auto number = std::distance(scan.required.begin(), scan.required.find(required));
      when += " and " + known + QuoteName("r" + std::to_string(number));
    }
    return "case when " + when + " then coalesce(cast(" + column + " as double), 0) end";
  }

  std::string LeafValue(const Expression& e) const {
    const Leaf& leaf = LeafOf(e);
    const std::string column = Column(leaf, leaf.value);
    if (leaf.aggregate == "count" || leaf.aggregate == "count_distinct") return OrZero(leaf, column);
    if (leaf.aggregate == "avg")
      return "(cast(" + column + " as double) / nullif(" + Column(leaf, leaf.rows) + ", 0))";
    // One figure of the platform may be shown; two of them are people counted twice.
    if (leaf.aggregate == "exact")
      return "case when " + Column(leaf, leaf.rows) + " = 1 then cast(" + column + " as double) end";
    return "cast(" + column + " as double)";
  }

  std::string LeafRows(const Leaf& leaf) const {
    return leaf.rows >= 0 ? Column(leaf, leaf.rows) : Column(leaf, leaf.value, "n");
  }

  std::string Total(const Expression& e) const {
    std::string any, sum;
    for (const Expression& part : e.parts) {
      const std::string value = Value(part);
      any += (any.empty() ? "" : ", ") + value;
      sum += (sum.empty() ? "" : " + ") + std::string("coalesce(") + value + ", 0)";
    }
    return "case when coalesce(" + any + ") is not null then " + sum + " end";
  }

  const Catalogue& catalogue_;
  const Leaves& leaves_;
  const Dialect& dialect_;
  std::size_t window_;
};

/// least or greatest of several texts that may be NULL; engines differ on NULL, so it is said in full.
std::string Extreme(const char* call, const std::vector<std::string>& columns) {
  std::string text = columns[0];
  for (std::size_t i = 1; i < columns.size(); ++i) {
    text = std::string(call) + "(coalesce(" + text + ", " + columns[i] + "), coalesce(" + columns[i] + ", " +
           text + "))";
  }
  return text;
}

}  // namespace

MetricColumns MetricSql(const Metric& metric, const Catalogue& catalogue, const Leaves& leaves,
                        const Dialect& dialect, std::size_t window, std::string_view currency) {
  const MetricWriter writer(catalogue, leaves, dialect, window);
  MetricColumns columns;
  columns.value = writer.Value(metric.expression);
  const std::string rows = writer.Rows(metric.expression);
  columns.rows = rows.empty() ? "null" : rows;
  if (const Expression* divisor = writer.Divisor(metric.expression)) columns.base = writer.Value(*divisor);
  std::vector<std::string> low, high;
  writer.Currencies(metric.expression, low, high);
  if (!low.empty()) {
    const std::string least = Extreme("least", low);
    columns.currencies =
        "case when " + least + " is null then 0 when " + least + " = " + Extreme("greatest", high) +
        (currency.empty() ? "" : " and " + least + " = " + QuoteText(currency)) + " then 1 else 2 end";
  }
  return columns;
}

}  // namespace backcast
