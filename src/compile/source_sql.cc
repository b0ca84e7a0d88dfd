// SPDX-License-Identifier: Apache-2.0
// The rows that a scan reads: its columns, keys and stretches, under the filters.
#include <set>

#include "compile/currency_sql.h"
#include "compile/row_sql.h"
#include "compile/scan_sql.h"

namespace backcast {
namespace {

std::string DimensionColumn(const DimensionSource& source) {
  return (source.through.empty() ? "f." : QuoteName("of_" + source.through) + ".") + QuoteName(source.column);
}

std::string KeySql(const DimensionSource& source, const std::string& day, const Dialect& dialect) {
  if (source.unit.empty()) return DimensionColumn(source);
  if (source.unit == "day") return day;
  // Monday is 1 and Sunday 7 in every engine, whether it calls Sunday 0 or 7.
  if (source.unit == "weekday") return "(extract(dow from " + day + ") + 6) % 7 + 1";
  return Spell(dialect.truncate.value, {{"unit", source.unit}, {"x", day}});
}

std::string FilterCondition(const ScanFilter& filter) {
  const std::string column = DimensionColumn(filter.source);
  std::string list;
  bool missing = false;
  for (const std::string& value : filter.values) {
    if (value.empty()) {
      missing = true;
    } else if (!filter.source.is_flag) {
      list += (list.empty() ? "" : ", ") + QuoteText(value);
    } else if (value == "true" || value == "false") {
      list += (list.empty() ? "" : ", ") + value;
    }
  }
  if (list.empty() && !missing) return "false";  // no such value of a flag
  if (list.empty()) return column + " is null";
  const std::string in = column + " in (" + list + ")";
  return missing ? "(" + in + " or " + column + " is null)" : in;
}

/// The fact, or of rows that differ only in the day they were read the latest.
std::string TableSql(const ScanRequest& request, const std::string& in_days, const std::string& pad) {
  const Fact& fact = *request.scan->fact;
  if (!request.cuts.best_first.empty()) return QuoteName(request.scan->name + "_once") + " as f";
  if (fact.latest.empty()) return QuoteName(fact.id) + " as f";
  std::string keys;
  for (const std::string& key : fact.key) {
    if (key != fact.latest) keys += (keys.empty() ? "" : ", ") + QuoteName(key);
  }
  return "(select * from (select f.*, row_number() over (partition by " + keys + " order by " +
         QuoteName(fact.latest) + " desc) as \"reading\" from " + QuoteName(fact.id) + " as f where " +
         in_days + ") as f\n" + pad + "      where f.\"reading\" = 1) as f  -- the latest reading";
}

}  // namespace

std::optional<std::size_t> SeriesKey(const ScanRequest& request) {
  for (std::size_t i = 0; request.series && i < request.by.size(); ++i) {
    if (request.by[i].unit == request.series->unit) return i;
  }
  return std::nullopt;
}

std::string SourceSql(const ScanRequest& request, const std::vector<std::string>& columns,
                      const Dialect& dialect, int indent) {
  const Scan& scan = *request.scan;
  const std::string pad(static_cast<std::size_t>(indent), ' ');
  const std::string day = "f." + QuoteName(scan.day);
  std::string select;
  const auto add = [&](const std::string& text, const std::string& name) {
    select += (select.empty() ? "" : ", ") + text + (name.empty() ? "" : " as " + QuoteName(name));
  };
  std::set<std::string> through;
  for (std::size_t i = 0; i < request.by.size(); ++i) {
    add(KeySql(request.by[i], day, dialect), "g" + std::to_string(i));
    if (!request.by[i].through.empty()) through.insert(request.by[i].through);
  }
  if (request.series && !SeriesKey(request)) add(KeySql(*request.series, day, dialect), "series");
  for (const ScanFilter& filter : request.filters) {
    if (!filter.source.through.empty()) through.insert(filter.source.through);
  }
  if (request.segments->stretches.size() > 1) add(StretchOf(*request.segments, day), "stretch");
  for (const std::string& column : columns) {
    const FactColumn* known = scan.fact->Find(column);
    if (request.currency.empty() || (known != nullptr && known->type != Type::kMoney)) {
      add("f." + QuoteName(column), "");
    } else {
      add(known == nullptr ? ReadCurrencySql(request.currency) : ConvertedSql(column, request.currency),
          column);
    }
  }
  if (select.empty()) select = "1 as \"one\"";
  const std::string in_days = InStretches(*request.segments, day);
  std::string text = pad + "select " + select + "\n" + pad + "from " + TableSql(request, in_days, pad) + "\n";
  for (const std::string& column : through) {
    const std::string& dimension = scan.fact->Find(column)->of;
    const std::string alias = QuoteName("of_" + column);
    text += pad + "left join " + QuoteName(dimension) + " as " + alias + " on " + alias + "." +
            QuoteName(dimension + "_key") + " = f." + QuoteName(column) + "\n";
  }
  if (!request.currency.empty()) text += pad + RateJoin(day) + "\n";
  text += pad + "where " + in_days;
  for (const ScanFilter& filter : request.filters) text += "\n" + pad + "  and " + FilterCondition(filter);
  return text;
}

std::vector<ScanFilter> ResolveFilters(const Catalogue& catalogue, const Schemas& schemas, const Fact& fact,
                                       const std::vector<Filter>& filters) {
  std::vector<ScanFilter> all;
  for (const Filter& filter : filters) {
    const auto source = FindDimension(schemas, fact, filter.dimension);
    if (!source) continue;
    ScanFilter one{*source, {}};
    for (const std::string& value : filter.values) {
      if (const auto* alias = catalogue.Alias(PlainName(filter.dimension), value)) {
        one.values.insert(one.values.end(), alias->begin(), alias->end());
      } else {
        one.values.push_back(value);
      }
    }
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace backcast
