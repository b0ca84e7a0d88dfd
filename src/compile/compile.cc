// SPDX-License-Identifier: Apache-2.0
#include "compile/compile.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/nearest.h"
#include "compile/currency_sql.h"
#include "compile/cut_sql.h"
#include "compile/dimensions.h"
#include "compile/leaves.h"
#include "compile/metric_sql.h"
#include "compile/scan_sql.h"
#include "compile/segments.h"

namespace backcast {
namespace {

/// Bytes that sets of ids may take over all groups; above it distinct ids are counted by the engine's own
/// way.
constexpr double kMaxBitBytes = 128e6;

constexpr std::array<std::string_view, 5> kDays = {"day", "week", "month", "quarter", "weekday"};

Error Usage(std::string what, std::string hint = "") {
  return Error{Code::kUsage, "", std::move(what), std::move(hint)};
}

Result<std::vector<const Metric*>> FindMetrics(const Catalogue& catalogue,
                                               const std::vector<std::string>& ids) {
  if (ids.empty()) return Usage("no metric was asked for");
  std::vector<const Metric*> metrics;
  for (const std::string& id : ids) {
    const Metric* metric = catalogue.Find(id);
    if (metric == nullptr) {
      const std::string near = DidYouMean(id, catalogue.ids());
      return Usage("there is no metric '" + id.substr(0, 60) + "'",
                   near.empty() ? "backcast metrics list shows them all" : near);
    }
    if (!metric->HasFormula())
      return Usage(id + " has no formula: it is computed by " + metric->computed_by,
                   "ask for it by its own command");
    if (std::find(metrics.begin(), metrics.end(), metric) == metrics.end()) metrics.push_back(metric);
  }
  return metrics;
}

/// A few metrics of the catalogue that do have the dimension, for the hint.
std::string WhoHas(const Catalogue& catalogue, const Schemas& schemas, const std::string& dimension) {
  std::string list;
  int found = 0;
  for (const Metric& metric : catalogue.all()) {
    const std::vector<std::string> names = DimensionsOf(catalogue, schemas, metric);
    if (!metric.HasFormula() || !std::binary_search(names.begin(), names.end(), dimension)) continue;
    list += (list.empty() ? "" : ", ") + metric.id;
    if (++found == 4) break;
  }
  return list;
}

Result<Done> CheckDimension(const Catalogue& catalogue, const Schemas& schemas, const Metric& metric,
                            const std::string& dimension) {
  for (const std::string& id : catalogue.FactsOf(metric)) {
    if (FindDimension(schemas, *schemas.Find(id), dimension)) continue;
    const std::string who = WhoHas(catalogue, schemas, PlainName(dimension));
    if (who.empty()) {
      const std::string near = DidYouMean(dimension, DimensionsOf(catalogue, schemas, metric));
      std::string list;
      for (const std::string& name : DimensionsOf(catalogue, schemas, metric))
        list += (list.empty() ? "" : ", ") + name;
      return Usage("there is no dimension '" + dimension.substr(0, 60) + "'",
                   near.empty() ? metric.id + " has " + list : near);
    }
    return Usage(
        metric.id + " cannot be broken down or filtered by " + dimension + ": " + id + " has no such column",
        "metrics that have it: " + who + ", ...");
  }
  return Done{};
}

Result<Done> CheckQuestion(const Catalogue& catalogue, const Schemas& schemas,
                           const std::vector<const Metric*>& metrics, const Question& question) {
  if (question.windows.empty()) return Usage("no period was asked for");
  for (const Metric* metric : metrics) {
    for (const std::string& dimension : question.by) {
      BACKCAST_CHECK(CheckDimension(catalogue, schemas, *metric, dimension));
      if (std::find(kDays.begin(), kDays.end(), dimension) != kDays.end() &&
          HasExact(metric->expression, catalogue)) {
        return Usage(
            metric->id + " counts people for one exact period and is not broken down by " + dimension,
            "ask for one period after the other");
      }
    }
    for (const Filter& filter : question.filters) {
      BACKCAST_CHECK(CheckDimension(catalogue, schemas, *metric, filter.dimension));
      if (std::find(kDays.begin(), kDays.end(), filter.dimension) != kDays.end()) {
        return Usage("days are chosen by the period and not by a filter on " + filter.dimension, "");
      }
      if (filter.values.empty()) return Usage("the filter on " + filter.dimension + " has no value", "");
    }
  }
  return Done{};
}

/// Greatest ids of those dimensions whose ids fit into sets of bits for every group of the question.
std::map<std::string, std::int64_t> DenseIds(const Question& question, const Segments& segments,
                                             const CompileHints& hints) {
  double times = static_cast<double>(std::max<std::size_t>(segments.stretches.size(), 1));
  double groups = 1;
  int days = 0;
  for (const Window& stretch : segments.stretches) {
    days +=
        hints.data.days() <= 0
            ? stretch.days()
            : std::max(0, Window{std::max(stretch.from, hints.data.from), std::min(stretch.to, hints.data.to)}
                              .days());
  }
  std::vector<std::string> dimensions = question.by;
  if (!question.series.unit.empty()) dimensions.push_back(question.series.unit);
  for (const std::string& dimension : dimensions) {
    const auto known = hints.values.find(PlainName(dimension));
    const double length = dimension == "day"       ? 1
                          : dimension == "week"    ? 7
                          : dimension == "month"   ? 28
                          : dimension == "quarter" ? 90
                                                   : 0;
    if (length > 0) {
      times += std::ceil(days / length);
    } else {
      groups *= dimension == "weekday"        ? 7.0
                : known == hints.values.end() ? 1000.0
                                              : static_cast<double>(known->second + 1);
    }
  }
  std::map<std::string, std::int64_t> dense;
  for (const auto& [dimension, max_id] : hints.max_id) {
    if (max_id >= 0 && times * groups * static_cast<double>(max_id) / 8 < kMaxBitBytes)
      dense[dimension] = max_id;
  }
  return dense;
}

class StatementWriter {
 public:
  StatementWriter(const Catalogue& catalogue, const Schemas& schemas, const Question& question,
                  const Dialect& dialect, const CompileHints& hints, Segments segments, Leaves leaves)
      : catalogue_(catalogue),
        schemas_(schemas),
        question_(question),
        dialect_(dialect),
        hints_(hints),
        segments_(std::move(segments)),
        leaves_(std::move(leaves)) {}

  std::string Write(const std::vector<const Metric*>& metrics) const {
    std::string text = "with\n";
    if (Converts()) text += RatesSql(hints_.currency, AllDays()) + ",\n";
    for (const Scan& scan : leaves_.scans) {
      ScanRequest request{&scan,
                          {},
                          ResolveFilters(catalogue_, schemas_, *scan.fact, question_.filters),
                          &segments_,
                          &question_.windows};
      for (const std::string& dimension : question_.by)
        request.by.push_back(*FindDimension(schemas_, *scan.fact, dimension));
      if (const auto cuts = hints_.cuts.find(scan.fact->id); cuts != hints_.cuts.end())
        request.cuts = RankCuts(*scan.fact, cuts->second, scan.needs);
      if (has_series()) request.series = FindDimension(schemas_, *scan.fact, question_.series.unit);
      if (ReadsForeign(scan)) request.currency = hints_.currency;
      text += ScanSql(request, dialect_) + ",\n";
    }
    return text + Groups() + Select(metrics) + From();
  }

 private:
  bool has_series() const { return !question_.series.unit.empty(); }

  /// Whether the scan reads amounts that have to be converted.
  bool ReadsForeign(const Scan& scan) const {
    return hints_.foreign.contains(scan.fact->id) &&
           std::any_of(scan.columns.begin(), scan.columns.end(), [&](const std::string& name) {
             const FactColumn* column = scan.fact->Find(name);
             return column == nullptr || column->type == Type::kMoney;
           });
  }

  bool Converts() const {
    return std::any_of(leaves_.scans.begin(), leaves_.scans.end(),
                       [&](const Scan& scan) { return ReadsForeign(scan); });
  }

  /// From the first day of any stretch to the last.
  Window AllDays() const {
    Window all = segments_.stretches.empty() ? Window{} : segments_.stretches.front();
    for (const Window& stretch : segments_.stretches)
      all = {std::min(all.from, stretch.from), std::max(all.to, stretch.to)};
    return all;
  }

  std::string Keys(std::string_view table, bool named) const {
    std::string text;
    for (std::size_t i = 0; i < question_.by.size(); ++i) {
      const std::string key = "\"g" + std::to_string(i) + "\"";
      text += (table.empty() ? "" : std::string(table) + ".") + key +
              (named ? " as " + QuoteName(question_.by[i]) : "") + ", ";
    }
    if (has_series()) text += (table.empty() ? "" : std::string(table) + ".") + "\"series\", ";
    return text;
  }

  std::string Groups() const {
    std::string none;
    for (std::size_t i = 0; i < question_.by.size(); ++i)
      none += "cast(null as varchar) as \"g" + std::to_string(i) + "\", ";
    if (has_series()) none += "cast(null as varchar) as \"series\", ";
    std::string text = "-- every group that a fact knows, and the total\n\"groups\" as (\n  select " + none +
                       "1 as \"is_total\"";
    if (!question_.by.empty() || has_series()) {
      for (const Scan& scan : leaves_.scans)
        text += "\n  union\n  select " + Keys("", false) + "\"is_total\" from " +
                QuoteName(scan.name + "_windows");
    }
    return text + "\n)\n";
  }

  std::string Select(const std::vector<const Metric*>& metrics) const {
    std::string text = "-- facts meet only here; ratios come last\nselect " + Keys("\"groups\"", true) +
                       "\"groups\".\"is_total\" as \"is_total\"";
    for (const Metric* metric : metrics) {
      for (std::size_t w = 0; w < question_.windows.size(); ++w) {
        const MetricColumns columns = MetricSql(*metric, catalogue_, leaves_, dialect_, w, hints_.currency);
        const std::string name = metric->id + "@" + std::to_string(w);
        const bool empty = segments_.windows[w].empty();
        text += ",\n  " + (empty ? "cast(null as double)" : columns.value) + " as " + QuoteName(name);
        text += ", " + (empty ? "cast(null as bigint)" : "cast(" + columns.rows + " as bigint)") + " as " +
                QuoteName(name + ":n");
        if (!columns.base.empty())
          text += ", " + (empty ? "cast(null as double)" : columns.base) + " as " + QuoteName(name + ":base");
        if (!columns.currencies.empty())
          text += ", " + (empty ? "0" : columns.currencies) + " as " + QuoteName(name + ":currencies");
      }
    }
    return text + "\n";
  }

  std::string From() const {
    std::string text = "from \"groups\"";
    for (const Scan& scan : leaves_.scans) {
      const std::string table = QuoteName(scan.name + "_windows");
      text += "\nleft join " + table + " on " + table + ".\"is_total\" = \"groups\".\"is_total\"";
      for (std::size_t i = 0; i < question_.by.size(); ++i) {
        const std::string key = ".\"g" + std::to_string(i) + "\"";
        text += " and " + table + key + " is not distinct from \"groups\"" + key;
      }
      if (has_series()) text += " and " + table + ".\"series\" is not distinct from \"groups\".\"series\"";
    }
    for (const Scan& scan : leaves_.scans) {
      if (!scan.counts) continue;
      const std::string known = QuoteName(scan.name + "_known");
      text += has_series() ? "\njoin " + known + " on " + known +
                                 ".\"of_series\" = (\"groups\".\"series\" is not null)"
                           : "\ncross join " + known;
    }
    text += "\norder by \"groups\".\"is_total\" desc";
    if (has_series()) text += ", \"groups\".\"series\" nulls first";
    for (std::size_t i = 0; i < question_.by.size(); ++i)
      text += ", \"groups\".\"g" + std::to_string(i) + "\" nulls last";
    return text;
  }

  const Catalogue& catalogue_;
  const Schemas& schemas_;
  const Question& question_;
  const Dialect& dialect_;
  const CompileHints& hints_;
  Segments segments_;
  Leaves leaves_;
};

bool AsksByCurrency(const Question& question) {
  const auto names_it = [](std::string_view name) { return PlainName(name) == "currency"; };
  return std::any_of(question.by.begin(), question.by.end(), names_it) ||
         std::any_of(question.filters.begin(), question.filters.end(),
                     [&](const Filter& filter) { return names_it(filter.dimension); });
}

/// Whether every scan can give the series beside the windows: parts that are put together, and a day to cut
/// by.
bool CanGiveSeries(const Schemas& schemas, const Question& question, const Leaves& leaves) {
  return std::all_of(leaves.scans.begin(), leaves.scans.end(), [&](const Scan& scan) {
    const bool exact =
        std::any_of(scan.slots.begin(), scan.slots.end(), [](const Slot& slot) { return slot.exact_period; });
    return !exact && !scan.has_series && !scan.has_unmergeable && scan.fact->latest.empty() &&
           FindDimension(schemas, *scan.fact, question.series.unit);
  });
}

}  // namespace

Result<Compiled> Compile(const Catalogue& catalogue, const Schemas& schemas, const Question& question,
                         const Dialect& dialect, const CompileHints& hints) {
  if (!hints.currency.empty() && AsksByCurrency(question)) {
    CompileHints as_they_stand = hints;
    as_they_stand.currency.clear();
    as_they_stand.foreign.clear();
    return Compile(catalogue, schemas, question, dialect, as_they_stand);
  }
  BACKCAST_TRY(const std::vector<const Metric*> metrics, FindMetrics(catalogue, question.metrics));
  BACKCAST_CHECK(CheckQuestion(catalogue, schemas, metrics, question));
  Segments segments = CutWindows(question.windows, question.series.days);
  Leaves leaves = CollectLeaves(catalogue, schemas, metrics, DenseIds(question, segments, hints), dialect,
                                hints, NeedsOf(question));
  if (!question.series.unit.empty() && !CanGiveSeries(schemas, question, leaves)) {
    Question without = question;
    without.series = {};
    return Compile(catalogue, schemas, without, dialect, hints);
  }
  Compiled compiled;
  compiled.with_series = !question.series.unit.empty();
  for (const Scan& scan : leaves.scans) {
    const std::string& fact = scan.fact->id;
    if (std::find(compiled.scans.begin(), compiled.scans.end(), fact) == compiled.scans.end())
      compiled.scans.push_back(fact);
  }
  std::sort(compiled.scans.begin(), compiled.scans.end());
  compiled.sql.text =
      StatementWriter(catalogue, schemas, question, dialect, hints, std::move(segments), std::move(leaves))
          .Write(metrics);
  return compiled;
}

}  // namespace backcast
