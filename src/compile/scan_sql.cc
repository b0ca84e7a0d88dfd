// SPDX-License-Identifier: Apache-2.0
#include "compile/scan_sql.h"

#include <algorithm>
#include <map>

#include "base/number.h"
#include "compile/cut_sql.h"
#include "compile/row_sql.h"

namespace backcast {
namespace {

std::string Name(std::string_view letter, std::size_t number) {
  return std::string(letter) + std::to_string(number);
}

std::string Joined(const std::vector<std::string>& words, std::string_view between = ", ") {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

/// What SQL must say differently from step to step; one object writes all steps of one scan.
class ScanWriter {
 public:
  ScanWriter(const ScanRequest& request, const Dialect& dialect)
      : request_(request),
        scan_(*request.scan),
        segments_(*request.segments),
        dialect_(dialect),
        cut_(segments_.stretches.size() > 1) {
    for (std::size_t i = 0; i < request.by.size(); ++i) keys_.push_back(QuoteName(Name("g", i)));
    if (scan_.has_series) {
      for (const std::string& key : scan_.fact->key) {
        if (key != scan_.fact->day) series_.push_back(QuoteName(key));
      }
    }
    if (request.series) {
      const auto key = SeriesKey(request);
      series_part_ = key ? keys_[*key] : "\"series\"";
    }
    std::map<std::string, int> uses;
    for (const Slot& slot : scan_.slots) {
      if (!slot.where.empty() && ++uses[slot.where] == 2) shared_.push_back(slot.where);
    }
    // Totals of what cannot be put together are made by the scan itself.
    totals_in_scan_ = scan_.has_unmergeable;
    for (std::size_t w = 0; totals_in_scan_ && w < segments_.windows.size(); ++w)
      spans_ = spans_ || segments_.windows[w].size() > 1;
  }

  std::string Write() {
    std::string text = Once() + Scan_();
    if (scan_.has_series) text += ",\n" + Series();
    text += ",\n" + Windows();
    return scan_.counts ? text + ",\n" + Known() : text;
  }

 private:
  std::string Cte(std::string_view step, const std::string& body) const {
    return QuoteName(scan_.name + std::string(step)) + " as (\n" + body + "\n)";
  }

  std::string ExactPeriod(std::size_t window) const {
    const Window& asked = (*request_.windows)[window];
    return "\"period_start\" = date '" + ToIso(asked.from) + "' and \"period_end\" = date '" +
           ToIso(asked.to - std::chrono::days(1)) + "'";
  }

  std::vector<std::string> SourceColumns() const {
    std::set<std::string> columns = scan_.columns;
    if (scan_.has_series) {
      columns.insert(scan_.day);
      for (const std::string& key : scan_.fact->key) {
        if (key != scan_.fact->day) columns.insert(key);
      }
    }
    if (std::any_of(scan_.slots.begin(), scan_.slots.end(),
                    [](const Slot& slot) { return slot.exact_period; })) {
      columns.insert({"period_start", "period_end"});
    }
    return {columns.begin(), columns.end()};
  }

  std::string StretchesOf(std::size_t window) const { return InStretchNumbers(segments_.windows[window]); }

  /// The rows of all windows; empty when these are all rows that were read.
  std::string OfAnyWindow() const {
    std::set<int> stretches;
    for (const std::vector<int>& window : segments_.windows) stretches.insert(window.begin(), window.end());
    if (stretches.size() == segments_.stretches.size()) return "";
    return stretches.empty() ? "false" : InStretchNumbers({stretches.begin(), stretches.end()});
  }

  std::string OfSeries() const {
    return segments_.series.size() == segments_.stretches.size() ? "" : InStretchNumbers(segments_.series);
  }

  std::string InStretchNumbers(const std::vector<int>& stretches) const {
    if (!cut_) return "";
    std::vector<std::string> numbers;
    for (const int stretch : stretches) numbers.push_back(std::to_string(stretch));
    return numbers.size() == 1 ? "\"stretch\" = " + numbers[0] : "\"stretch\" in (" + Joined(numbers) + ")";
  }

  /// A condition that several slots have is worked out once per row, in a column of its own.
  std::string Condition(const Slot& slot) const {
    const auto found = std::find(shared_.begin(), shared_.end(), slot.where);
    if (found == shared_.end()) return slot.where;
    return QuoteName(Name("c", static_cast<std::size_t>(found - shared_.begin())));
  }

  /// Steps before the pass, where reports of the same days are cut in several ways.
  std::string Once() const {
    if (request_.cuts.best_first.empty()) return "";
    std::set<std::string> measures;
    for (const std::string& name : SourceColumns()) {
      const FactColumn* column = scan_.fact->Find(name);
      if (column != nullptr && IsMeasure(*scan_.fact, *column)) measures.insert(name);
    }
    return CutSql(*scan_.fact, scan_.name, request_.cuts, measures, scan_.together, dialect_) + ",\n";
  }

  std::string Source() const {
    if (shared_.empty()) return SourceSql(request_, SourceColumns(), dialect_, 4);
    std::string conditions;
    for (std::size_t i = 0; i < shared_.size(); ++i)
      conditions += ", " + shared_[i] + " as " + QuoteName(Name("c", i));
    return "    select *" + conditions + "\n    from (\n" +
           SourceSql(request_, SourceColumns(), dialect_, 6) + "\n    ) as f";
  }

  // ---------------------------------------------------------------- the pass over the rows
  void SlotColumns(std::size_t number, std::vector<std::string>& select) const {
    const Slot& slot = scan_.slots[number];
    const std::string name = Name("a", number);
    if (slot.merge == Merge::kLast || slot.merge == Merge::kFirst) {
      const std::string reported = slot.call + " is not null";
      const std::string& pattern =
          slot.merge == Merge::kLast ? dialect_.last_by.value : dialect_.first_by.value;
      const std::string order = QuoteName(slot.order);
      select.push_back(
          Spell(pattern,
                {{"x", slot.call}, {"order", order}, {"where", FilterSql({Condition(slot), reported})}}) +
          " as " + QuoteName(name));
      select.push_back((slot.merge == Merge::kLast ? "max(" : "min(") + order + ")" +
                       FilterSql({Condition(slot), reported}) + " as " + QuoteName(name + "d"));
      return;
    }
    for (std::size_t w = 0; w < segments_.windows.size(); ++w) {
      if (segments_.windows[w].empty()) continue;
      const bool spanning = slot.merge == Merge::kNone && segments_.windows[w].size() > 1;
      const std::string where = slot.exact_period ? ExactPeriod(w) : spanning ? StretchesOf(w) : "";
      if (slot.exact_period || spanning)
        select.push_back(slot.call + FilterSql({Condition(slot), slot.reported, where}) + " as " +
                         QuoteName(name + Name("w", w)));
    }
    if (!slot.exact_period)
      select.push_back(slot.call + FilterSql({Condition(slot), slot.reported}) + " as " + QuoteName(name));
  }

  std::string Scan_() const {
    std::vector<std::string> groups = keys_;
    if (cut_) groups.emplace_back("\"stretch\"");
    if (request_.series && !SeriesKey(request_)) groups.push_back(series_part_);
    std::vector<std::string> select = groups;
    select.insert(select.end(), series_.begin(), series_.end());
    if (totals_in_scan_ && !keys_.empty()) select.push_back("grouping(" + keys_[0] + ") as \"is_total\"");
    for (std::size_t i = 0; i < scan_.slots.size(); ++i) SlotColumns(i, select);
    std::size_t required = 0;
    for (const std::string& column : scan_.required)
      select.push_back("count(" + QuoteName(column) + ") as " + QuoteName(Name("r", required++)));
    if (required > 0 || select.size() == groups.size()) select.emplace_back("count(*) as \"rows\"");
    std::string body = "  select " + Joined(select, ",\n    ") + "\n  from (\n" + Source() + "\n  ) as f";
    return Comment() + Cte("_scan", body + GroupBy(groups));
  }

  std::string GroupBy(std::vector<std::string> groups) const {
    if (!totals_in_scan_ || (keys_.empty() && !spans_)) {
      groups.insert(groups.end(), series_.begin(), series_.end());
      return groups.empty() ? "" : "\n  group by " + Joined(groups);
    }
    std::vector<std::string> sets = {"(" + Joined(groups) + ")"};
    if (!keys_.empty()) sets.push_back(cut_ ? "(\"stretch\")" : "()");
    if (spans_ && !keys_.empty()) sets.push_back("(" + Joined(keys_) + ")");
    if (spans_) sets.emplace_back("()");
    return "\n  group by grouping sets (" + Joined(sets) + ")";
  }

  std::string Comment() const {
    return "-- " + scan_.fact->id + ": one scan for " +
           Counted(static_cast<std::int64_t>(scan_.metrics.size()), "metric") + "\n";
  }

  // ---------------------------------------------------------------- per series the windows, levels by their
  // last day
  std::string Series() const {
    std::vector<std::string> select = keys_;
    select.insert(select.end(), series_.begin(), series_.end());
    select.push_back(keys_.empty() ? "0 as \"is_total\"" : "grouping(" + keys_[0] + ") as \"is_total\"");
    for (std::size_t i = 0; i < scan_.slots.size(); ++i) {
      for (std::size_t w = 0; w < segments_.windows.size(); ++w) {
        select.push_back(OfStretches(i, w) + " as " + QuoteName(Name("a", i) + Name("w", w)));
      }
    }
    std::vector<std::string> both = keys_;
    both.insert(both.end(), series_.begin(), series_.end());
    const std::string groups =
        keys_.empty() ? Joined(both) : "grouping sets ((" + Joined(both) + "), (" + Joined(series_) + "))";
    return "-- per account and the like: levels are taken on their last day, not added over days\n" +
           Cte("_series", "  select " + Joined(select, ",\n    ") + "\n  from " +
                              QuoteName(scan_.name + "_scan") + "\n  group by " + groups);
  }

  /// Slot i of one window out of the stretches it consists of.
  std::string OfStretches(std::size_t i, std::size_t w) const {
    const Slot& slot = scan_.slots[i];
    if (segments_.windows[w].empty()) return "null";
    const std::string column = QuoteName(Name("a", i));
    if (slot.exact_period)
      return MergeCall(slot.merge, QuoteName(Name("a", i) + Name("w", w)),
                       spans_ ? "\"stretch\" is not null" : "");
    if (slot.merge == Merge::kLast || slot.merge == Merge::kFirst) {
      const std::string& pattern =
          slot.merge == Merge::kLast ? dialect_.last_by.value : dialect_.first_by.value;
      return Spell(pattern, {{"x", column},
                             {"order", QuoteName(Name("a", i) + "d")},
                             {"where", FilterSql({StretchesOf(w), column + " is not null"})}});
    }
    if (slot.merge != Merge::kNone) return MergeCall(slot.merge, column, StretchesOf(w));
    if (segments_.windows[w].size() > 1)
      return "max(" + QuoteName(Name("a", i) + Name("w", w)) + ")" + FilterSql({"\"stretch\" is null"});
    return "max(" + column + ")" + FilterSql({StretchesOf(w)});
  }

  std::string MergeCall(Merge merge, const std::string& column, const std::string& where) const {
    switch (merge) {
      case Merge::kMin:
        return "min(" + column + ")" + FilterSql({where});
      case Merge::kMax:
        return "max(" + column + ")" + FilterSql({where});
      case Merge::kUnite:
        return Spell(dialect_.unite_bits.value, {{"x", column}, {"where", FilterSql({where})}});
      default:
        return "sum(" + column + ")" + FilterSql({where});
    }
  }

  /// Sets of ids end here: as numbers they take no room.
  std::string SizeOf(const Slot& slot, const std::string& value) const {
    if (slot.merge != Merge::kUnite || value == "null") return value;
    return Spell(dialect_.count_bits.value, {{"x", value}});
  }

  // ---------------------------------------------------------------- groups and the total, a column per
  // window
  std::string Windows() const {
    const bool rolls_up = !scan_.has_series && !totals_in_scan_;
    std::vector<std::string> select;
    for (const std::string& key : keys_) select.push_back("cast(" + key + " as varchar) as " + key);
    if (keys_.empty()) {
      select.emplace_back("1 as \"is_total\"");
    } else {
      select.push_back(rolls_up ? "grouping(" + keys_[0] + ") as \"is_total\"" : "\"is_total\"");
    }
    if (request_.series) select.emplace_back("cast(null as varchar) as \"series\"");
    for (std::size_t i = 0; i < scan_.slots.size(); ++i) {
      const bool level = scan_.slots[i].merge == Merge::kLast || scan_.slots[i].merge == Merge::kFirst;
      for (std::size_t w = 0; w < segments_.windows.size(); ++w) {
        const std::string column = QuoteName(Name("a", i) + Name("w", w));
        const std::string value = !scan_.has_series
                                      ? OfStretches(i, w)
                                      : MergeCall(level ? Merge::kSum : scan_.slots[i].merge, column, "");
        select.push_back(SizeOf(scan_.slots[i], value) + " as " + column);
        if (level)
          select.push_back("count(" + column + ") as " + QuoteName(Name("a", i) + Name("w", w) + "n"));
      }
    }
    std::string body = "  select " + Joined(select, ",\n    ") + "\n  from " +
                       QuoteName(scan_.name + (scan_.has_series ? "_series" : "_scan"));
    if (request_.series) body += Where(OfAnyWindow());
    if (!keys_.empty())
      body += rolls_up ? "\n  group by grouping sets ((" + Joined(keys_) + "), ())"
                       : "\n  group by " + Joined(keys_) + ", \"is_total\"";
    if (request_.series) body += "\n  union all\n" + SeriesRows();
    return Cte("_windows", body);
  }

  static std::string Where(const std::string& condition) {
    return condition.empty() ? "" : "\n  where " + condition;
  }

  /// The totals again by parts of the series, in the columns of the first window.
  std::string SeriesRows() const {
    std::vector<std::string> select(keys_.size(), "null");
    select.emplace_back("0");
    select.push_back("cast(" + series_part_ + " as varchar)");
    for (std::size_t i = 0; i < scan_.slots.size(); ++i) {
      select.push_back(SizeOf(scan_.slots[i], MergeCall(scan_.slots[i].merge, QuoteName(Name("a", i)), "")));
      select.resize(select.size() + segments_.windows.size() - 1, "null");
    }
    return "  select " + Joined(select) + "\n  from " + QuoteName(scan_.name + "_scan") + Where(OfSeries()) +
           "\n  group by " + series_part_;
  }

  std::string Known() const {
    if (!request_.series) return Cte("_known", KnownRow("", ""));
    return Cte("_known", KnownRow("false as \"of_series\"", OfAnyWindow()) + "\n  union all\n" +
                             KnownRow("true", OfSeries()));
  }

  /// Whether there are rows at all, and which required columns the rows of `where` report.
  std::string KnownRow(const std::string& of_series, const std::string& where) const {
    std::vector<std::string> select;
    if (!of_series.empty()) select.push_back(of_series);
    select.push_back("(select count(*) from (select 1 as \"one\" from " + QuoteName(scan_.fact->id) +
                     " limit 1) as f) > 0 as \"any_row\"");
    std::size_t number = 0;
    for (const std::string& column : scan_.required) {
      const std::string name = QuoteName(Name("r", number++));
      select.push_back("coalesce(max(" + name + ") > 0 or max(\"rows\") = 0, true) as " + name + "  -- " +
                       column + " is reported");
    }
    std::string list;
    for (std::size_t i = 0; i < select.size(); ++i) {
      // The comma must stand before a comment.
      const std::size_t comment = select[i].find("  -- ");
      const std::string comma = i + 1 < select.size() ? "," : "";
      list += (i > 0 ? "\n    " : "") + select[i].substr(0, comment) + comma +
              (comment == std::string::npos ? "" : select[i].substr(comment));
    }
    // Without an aggregate there would be a row per row of the scan.
    const std::string from =
        scan_.required.empty() ? "" : "\n  from " + QuoteName(scan_.name + "_scan") + Where(where);
    return "  select " + list + from;
  }

  const ScanRequest& request_;
  const Scan& scan_;
  const Segments& segments_;
  const Dialect& dialect_;
  bool cut_;
  bool totals_in_scan_ = false;
  bool spans_ = false;  ///< a window of several stretches needs numbers that cannot be put together
  std::vector<std::string> keys_, series_;
  std::vector<std::string> shared_;  ///< conditions of several slots
  std::string series_part_;  ///< column that says to which part of the question's series a row belongs
};

}  // namespace

std::string ScanSql(const ScanRequest& request, const Dialect& dialect) {
  return ScanWriter(request, dialect).Write();
}

}  // namespace backcast
