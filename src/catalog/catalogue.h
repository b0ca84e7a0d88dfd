// SPDX-License-Identifier: Apache-2.0
// The metric catalogue as data: what comes in is catalogue/metrics/*.yaml, what goes out is a checked graph
// of metrics.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "catalog/formula.h"
#include "facts/schema.h"

namespace backcast {

/// How values of a metric may be put together over days and groups.
enum class Additivity : std::uint8_t {
  kAdditive,  ///< sums over time and dimensions
  kLast,      ///< adds over dimensions, last value over time (followers, backlog)
  kUnique,    ///< people counted by the platform for one exact period; never summed, averaged or subtracted
  kCountDistinct,  ///< recomputed from rows for every cut
  kRatioOfSums,    ///< recomputed from its parts for every cut
  kQuantile,       ///< recomputed from rows for every cut
  kIndex,          ///< by its own method, no roll-up
};

/// What a plan may do with a metric.
enum class Role : std::uint8_t { kOutcome, kKpi, kDiagnostic, kNeverGoal };

struct Metric {
  std::string id, title;
  std::string formula;  ///< as written; empty when a method computes it
  Expression expression;
  std::string unit;   ///< count, ratio, currency, seconds, score, percent_points
  std::string basis;  ///< period: days in the window; lifetime: posts published in the window, to date;
                      ///< mixed: a ratio of the two that says so
  Additivity additivity = Additivity::kAdditive;
  Role role = Role::kDiagnostic;
  std::string level;      ///< input activity output outtake outcome impact (AMEC)
  std::string stage;      ///< see think do care
  std::string element;    ///< content audience advertising site commerce sales care listening influencer
                          ///< community business
  std::string direction;  ///< higher lower target none
  bool change_in_points = false;  ///< a change is a difference: the number may be negative, or is one itself
  std::string gaming, goodhart, minimum, interval, description;
  std::vector<std::string> sources;  ///< who defined it: ids of metrics/sources.yaml
  std::string computed_by;  ///< the method that gives the value, or the export that is not read yet; such an
                            ///< entry has no formula and is "not offered" wherever a formula is asked for
  int version = 1;
  std::string where;  ///< file:line:column of the entry
  Yaml example;       ///< rows in, value out: the entry's own test

  bool HasFormula() const { return computed_by.empty(); }
};

/// All metrics, checked: names resolve, no cycles, columns exist, units agree, illegal sums refused.
class Catalogue {
 public:
  static Result<Catalogue> Shipped(const Schemas& schemas);
  /// Adds the entries of one YAML text (a file of the catalogue, or the plan's custom_metrics). All faults at
  /// once.
  std::vector<Error> Add(std::string_view yaml, std::string_view file, const Schemas& schemas);

  const Metric* Find(std::string_view id) const;
  /// What one word stands for as the value of a dimension: channel_group "social" is organic and paid social.
  /// nullptr when it stands for itself.
  const std::vector<std::string>* Alias(std::string_view dimension, std::string_view value) const;
  std::span<const Metric> all() const { return metrics_; }
  /// Ids, for suggestions.
  std::vector<std::string> ids() const;
  /// Facts that the metric reads, directly or through other metrics; sorted, each once.
  std::vector<std::string> FactsOf(const Metric& metric) const;

 private:
  std::vector<Error> AddUnchecked(std::string_view yaml, std::string_view file, const Schemas& schemas);
  /// References and units of the metrics from `first`; those at fault, and those that refer to them, are
  /// taken out.
  std::vector<Error> CheckFrom(std::size_t first, const Schemas& schemas);
  void Drop(std::size_t first, std::set<std::string> faulty);
  void AddAliases(const Yaml& node, std::string_view file, std::vector<Error>& faults);

  std::vector<Metric> metrics_;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> aliases_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
};

}  // namespace backcast
