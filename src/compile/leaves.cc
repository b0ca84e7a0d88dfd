// SPDX-License-Identifier: Apache-2.0
#include "compile/leaves.h"

#include <algorithm>

#include "compile/currency_sql.h"
#include "compile/cut_sql.h"
#include "compile/row_sql.h"

namespace backcast {
namespace {

bool IsLevel(const Expression& leaf) { return leaf.aggregate == "last" || leaf.aggregate == "first"; }

class Collector {
 public:
  Collector(const Catalogue& catalogue, const Schemas& schemas,
            const std::map<std::string, std::int64_t>& max_id, const Dialect& dialect,
            const CompileHints& hints, const CutNeeds& asked)
      : catalogue_(catalogue),
        schemas_(schemas),
        max_id_(max_id),
        dialect_(dialect),
        hints_(hints),
        asked_(asked) {}

  void Visit(const Expression& expression, const std::string& metric) {
    if (expression.kind == Expression::Kind::kAggregate) Add(expression, metric);
    if (expression.kind == Expression::Kind::kMetric) {
      if (const Metric* other = catalogue_.Find(expression.metric)) Visit(other->expression, metric);
    }
    for (const Expression& part : expression.parts) Visit(part, metric);
  }

  Leaves Take() {
    for (const auto& [text, pending] : pending_) Build(text, pending.first, pending.second);
    return std::move(all_);
  }

 private:
  using Pending = std::pair<const Expression*, std::vector<std::string>>;

  void Add(const Expression& leaf, const std::string& metric) {
    Pending& pending = pending_.try_emplace(ToText(leaf), &leaf, std::vector<std::string>{}).first->second;
    if (std::find(pending.second.begin(), pending.second.end(), metric) == pending.second.end())
      pending.second.push_back(metric);
    if (IsLevel(leaf)) with_levels_.insert(leaf.fact + "/" + leaf.day);
  }

  /// Greatest id when distinct values of the column can be counted as sets of bits, or -1.
  std::int64_t DenseLimit(const Expression& leaf, const Fact& fact) const {
    const FactColumn* column = fact.Find(leaf.row.text);
    if (leaf.aggregate != "count_distinct" || column == nullptr || column->type != Type::kCode ||
        dialect_.bits.value.empty())
      return -1;
    const auto known = max_id_.find(column->of);
    return known == max_id_.end() ? -1 : known->second;
  }

  /// Measures that the leaf compares within one row ("sessions where purchases is not missing"), when a way
  /// of cutting has some of them and not all: chosen apart they would never meet.
  std::set<std::string> Together(const Expression& leaf, const Fact& fact) const {
    std::set<std::string> columns = MeasuresOf(leaf, fact);
    for (const auto& [breakdown, measures] : hints_.cuts.at(fact.id).breakdowns) {
      const auto has = [&](const std::string& name) { return measures.contains(name); };
      if (std::any_of(columns.begin(), columns.end(), has) &&
          !std::all_of(columns.begin(), columns.end(), has))
        return columns;
    }
    return {};
  }

  Scan& ScanOf(const Expression& leaf, const Fact& fact, bool unmergeable, int& index) {
    // A level needs rows put together by series first, which distinct counts and quantiles do not survive.
    const bool apart = unmergeable && with_levels_.count(leaf.fact + "/" + leaf.day) != 0;
    std::string name = fact.id + (leaf.day.empty() ? "" : "_by_" + leaf.day) + (apart ? "_rows" : "");
    CutNeeds needs;
    std::set<std::string> together;
    if (hints_.cuts.contains(fact.id)) {
      needs = asked_;
      AddMusts(leaf, hints_, needs);
      for (const std::string& column : fact.cut_by) {
        if (needs.musts.contains(column) && !asked_.musts.contains(column)) name += "_cut_by_" + column;
      }
      together = Together(leaf, fact);
      for (const std::string& measure : together) name += "_with_" + measure;
    }
    const auto found = std::find_if(all_.scans.begin(), all_.scans.end(),
                                    [&](const Scan& scan) { return scan.name == name; });
    index = static_cast<int>(found - all_.scans.begin());
    if (found != all_.scans.end()) return *found;
    Scan scan;
    scan.fact = &fact;
    scan.name = name;
    scan.needs = std::move(needs);
    scan.together = !together.empty();
    scan.day = leaf.day.empty() ? fact.asked_by : leaf.day;
    all_.scans.push_back(std::move(scan));
    return all_.scans.back();
  }

  static int SlotOf(Scan& scan, Slot slot) {
    for (std::size_t i = 0; i < scan.slots.size(); ++i) {
      const Slot& known = scan.slots[i];
      if (known.call == slot.call && known.where == slot.where && known.merge == slot.merge &&
          known.exact_period == slot.exact_period && known.reported == slot.reported)
        return static_cast<int>(i);
    }
    scan.slots.push_back(std::move(slot));
    return static_cast<int>(scan.slots.size()) - 1;
  }

  void Build(const std::string& text, const Expression* leaf, const std::vector<std::string>& metrics) {
    const Fact* fact = schemas_.Find(leaf->fact);
    if (fact == nullptr) return;
    const std::int64_t dense = DenseLimit(*leaf, *fact);
    const bool unmergeable =
        leaf->aggregate == "quantile" || (leaf->aggregate == "count_distinct" && dense < 0);
    Leaf built;
    Scan& scan = ScanOf(*leaf, *fact, unmergeable, built.scan);
    built.aggregate = leaf->aggregate;
    for (const std::string& metric : metrics) {
      if (std::find(scan.metrics.begin(), scan.metrics.end(), metric) == scan.metrics.end())
        scan.metrics.push_back(metric);
    }
    CollectColumns(leaf->row, scan.columns);
    CollectColumns(leaf->condition, scan.columns);
    CollectRequired(leaf->condition, built.required);
    if (leaf->aggregate == "count" || leaf->aggregate == "count_distinct") {
      CollectColumns(leaf->row, built.required);
      scan.counts = true;
      scan.required.insert(built.required.begin(), built.required.end());
    }
    scan.has_unmergeable = scan.has_unmergeable || unmergeable;
    AddSlots(*leaf, *fact, dense, scan, built);
    all_.leaves[text] = std::move(built);
  }

  void AddSlots(const Expression& leaf, const Fact& fact, std::int64_t dense, Scan& scan, Leaf& built) {
    const std::string value = ValueSql(leaf.row, dialect_);
    const std::string where = ConditionSql(leaf.condition, dialect_);
    const bool exact = leaf.aggregate == "exact";
    if (leaf.aggregate == "count") {
      const bool any = leaf.row.kind == RowExpression::Kind::kNone;
      built.value = built.rows =
          SlotOf(scan, {"count(*)", where, Merge::kSum, "", false, any ? "" : value + " is not null"});
      return;
    }
    if (IsLevel(leaf)) {
      scan.has_series = true;
      const Merge merge = leaf.aggregate == "last" ? Merge::kLast : Merge::kFirst;
      built.value = SlotOf(scan, {value, where, merge, scan.day, false});
      return;
    }
    // Doubles are added as decimals: the same bytes whatever the order in which threads finish.
    const std::string addend = IsExact(leaf.row, fact) ? value : "try_cast(" + value + " as decimal(38, 9))";
    if (leaf.aggregate == "sum" || leaf.aggregate == "avg") {
      built.value = SlotOf(scan, {"sum(" + addend + ")", where, Merge::kSum, "", false});
    } else if (leaf.aggregate == "min") {
      built.value = SlotOf(scan, {"min(" + value + ")", where, Merge::kMin, "", false});
    } else if (leaf.aggregate == "max" || exact) {
      built.value = SlotOf(scan, {"max(" + value + ")", where, Merge::kMax, "", exact});
    } else if (leaf.aggregate == "count_distinct") {
      const std::string bits =
          Spell(dialect_.bits.value, {{"x", value}, {"max", std::to_string(dense)}, {"where", ""}});
      built.value = SlotOf(scan, {dense >= 0 ? bits : "count(distinct " + value + ")", where,
                                  dense >= 0 ? Merge::kUnite : Merge::kNone, "", false});
    } else {
      const std::string quantile =
          Spell(dialect_.quantile.value,
                {{"x", "cast(" + value + " as double)"}, {"q", ToText(Share(leaf.quantile))}, {"where", ""}});
      built.value = SlotOf(scan, {quantile, where, Merge::kNone, "", false});
    }
    const bool counts_values = exact || leaf.aggregate == "avg" || leaf.aggregate == "quantile";
    built.rows =
        SlotOf(scan, {counts_values ? "count(" + value + ")" : "count(*)", where, Merge::kSum, "", exact});
    if (HasMoney(leaf.row, fact) && fact.Find("currency") != nullptr)
      AddCurrencies(value, where, exact, scan, built);
  }

  void AddCurrencies(const std::string& value, const std::string& where, bool exact, Scan& scan,
                     Leaf& built) const {
    const bool converted = hints_.foreign.contains(scan.fact->id);
    const std::string column(converted ? kReadCurrency : "currency");
    scan.columns.insert(column);
    const std::string reported = value + " is not null", code = QuoteName(column);
    built.low_currency = SlotOf(scan, {"min(" + code + ")", where, Merge::kMin, "", exact, reported});
    built.high_currency = hints_.one_currency.contains(scan.fact->id) && !converted
                              ? built.low_currency
                              : SlotOf(scan, {"max(" + code + ")", where, Merge::kMax, "", exact, reported});
  }

  static Expression Share(double share) {
    Expression number;
    number.number = share;
    return number;
  }

  const Catalogue& catalogue_;
  const Schemas& schemas_;
  const std::map<std::string, std::int64_t>& max_id_;
  const Dialect& dialect_;
  const CompileHints& hints_;
  const CutNeeds& asked_;
  std::map<std::string, Pending> pending_;
  std::set<std::string> with_levels_;
  Leaves all_;
};

}  // namespace

Leaves CollectLeaves(const Catalogue& catalogue, const Schemas& schemas,
                     const std::vector<const Metric*>& metrics,
                     const std::map<std::string, std::int64_t>& max_id, const Dialect& dialect,
                     const CompileHints& hints, const CutNeeds& asked) {
  Collector collector(catalogue, schemas, max_id, dialect, hints, asked);
  for (const Metric* metric : metrics) collector.Visit(metric->expression, metric->id);
  return collector.Take();
}

}  // namespace backcast
