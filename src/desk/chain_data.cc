// SPDX-License-Identifier: Apache-2.0
#include "desk/chain_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "desk/conversion.h"
#include "desk/coverage.h"
#include "desk/question.h"
#include "desk/tone_notes.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

bool Contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Days on which all facts of the metric have rows.
Window DaysOf(const Metric& metric, const Catalogue& catalogue, const std::vector<FactCoverage>& coverage) {
  Window days{};
  bool any = false;
  for (const std::string& fact : catalogue.FactsOf(metric)) {
    for (const FactCoverage& each : coverage) {
      if (each.fact != fact || !each.first || !each.last) continue;
      const Window own{*each.first, *each.last + std::chrono::days{1}};
      days = any ? Window{std::max(days.from, own.from), std::min(days.to, own.to)} : own;
      any = true;
    }
  }
  return days.from < days.to ? days : Window{};
}

std::vector<Filter> FiltersOf(const Scope& scope) {
  std::vector<Filter> filters;
  for (const auto& [dimension, values] : scope) filters.push_back({dimension, values});
  return filters;
}

/// Nodes that are asked under one scope.
struct Asked {
  Scope scope;
  std::set<std::string> metrics;  ///< each once
  std::set<std::string> daily;    ///< those that have days
};

class ChainReader {
 public:
  ChainReader(Workspace& workspace, const Ready& ready, const ValueChain& chain,
              std::vector<std::string>& sql)
      : workspace_(workspace), ready_(ready), chain_(chain), sql_(sql) {}

  Result<ChainData> Read() {
    data_.period = ready_.request.period;
    data_.compare = ready_.request.compare;
    data_.last = ready_.request.as_of;
    data_.currency = ready_.currency;
    for (const ChainNode& node : chain_.nodes) Sort(node);
    BACKCAST_CHECK(ReadMoney());
    for (const Asked& asked : asked_) BACKCAST_CHECK(Ask(asked));
    for (const ChainNode& node : chain_.nodes) BACKCAST_CHECK(AddTone(node));
    for (const ChainNode& node : chain_.nodes) AddOutside(node);
    for (const ChainNode& node : chain_.nodes) AddDoubts(node);
    return std::move(data_);
  }

 private:
  /// Which question answers a node, or why none does.
  void Sort(const ChainNode& node) {
    if (node.metric.empty()) return;
    NodeData& here = data_.nodes[node.id];
    const Metric* metric = workspace_.catalogue().Find(node.metric);
    if (metric == nullptr) {
      here.missing = "the metric '" + Shortened(node.metric) + "' is not in the catalogue";
      return;
    }
    if (!metric->HasFormula()) {
      here.missing = "no export gives " + node.metric + " yet (" + metric->computed_by + ")";
      return;
    }
    const std::vector<std::string> facts = workspace_.catalogue().FactsOf(*metric);
    if (!facts.empty() && std::none_of(facts.begin(), facts.end(), [&](const std::string& fact) {
          return HasRows(ready_.coverage, fact);
        })) {
      here.missing = "no export fills " + facts[0] + " yet";
      return;
    }
    const std::vector<std::string> known =
        DimensionsOf(workspace_.catalogue(), workspace_.schemas(), *metric);
    for (const auto& [dimension, values] : node.scope) {
      if (!Contains(known, dimension)) {
        here.missing = node.metric + " cannot be told apart by " + Shortened(dimension);
        return;
      }
    }
    Asked& asked = For(node.scope);
    asked.metrics.insert(node.metric);
    if (Contains(known, "day")) asked.daily.insert(node.metric);
    if (node.role == NodeRole::kFactor && metric->additivity == Additivity::kAdditive &&
        !node.scope.empty() && Contains(known, "day")) {
      Asked& whole = For({});
      whole.metrics.insert(node.metric);
      whole.daily.insert(node.metric);
    }
  }

  /// What the conversion of amounts did in both periods.
  Result<Done> ReadMoney() {
    std::set<std::string> facts;
    for (const Asked& asked : asked_) {
      for (const std::string& id : asked.metrics) {
        for (std::string& fact : workspace_.catalogue().FactsOf(*workspace_.catalogue().Find(id)))
          facts.insert(std::move(fact));
      }
    }
    BACKCAST_TRY(const std::vector<ConvertedMoney> conversions,
                 ReadConversions(workspace_, ready_, facts, {data_.period, data_.compare}));
    data_.findings = ConversionFindings(conversions);
    withheld_ = WordsOf(conversions, ready_).withheld;
    return Done{};
  }

  /// Why a number of the metric is withheld whose rows are in several currencies.
  std::string WhyWithheld(const std::string& metric) const {
    for (const std::string& fact : workspace_.catalogue().FactsOf(*workspace_.catalogue().Find(metric))) {
      const auto found = withheld_.find(fact);
      if (found != withheld_.end() && !found->second.empty()) return "its rows are in " + found->second;
    }
    return "its rows are in several currencies, which are never added; give rates in rates.csv";
  }

  Asked& For(const Scope& scope) {
    for (Asked& asked : asked_) {
      if (asked.scope == scope) return asked;
    }
    asked_.push_back({scope, {}, {}});
    return asked_.back();
  }

  Result<Done> Ask(const Asked& asked) {
    const std::vector<Filter> filters = FiltersOf(asked.scope);
    std::vector<Window> windows = {data_.period};
    if (data_.compare.days() > 0) windows.push_back(data_.compare);
    BACKCAST_TRY(const Table totals,
                 AskLake(workspace_, ready_,
                         {{asked.metrics.begin(), asked.metrics.end()}, {}, filters, windows, {}}, &sql_));
    Table days;
    if (!asked.daily.empty()) {
      const Window all{*FirstDay(ready_.coverage), *LastDay(ready_.coverage) + std::chrono::days{1}};
      BACKCAST_TRY(days,
                   AskLake(workspace_, ready_,
                           {{asked.daily.begin(), asked.daily.end()}, {"day"}, filters, {all}, {}}, &sql_));
    }
    for (const std::string& id : asked.metrics) {
      const DailySeries series = asked.daily.contains(id) ? SeriesOf(days, id) : DailySeries{};
      if (asked.scope.empty()) whole_[id] = series;
      for (const ChainNode& node : chain_.nodes) {
        if (node.metric != id || node.scope != asked.scope) continue;
        Fill(node, totals, series);
      }
    }
    return Done{};
  }

  DailySeries SeriesOf(const Table& table, const std::string& id) const {
    const Metric& metric = *workspace_.catalogue().Find(id);
    const Window days = DaysOf(metric, workspace_.catalogue(), ready_.coverage);
    DailySeries series;
    series.first = days.from;
    const auto length = static_cast<std::size_t>(std::max(0, days.days()));
    const Column* base = table.Find(id + "@0:base");
    series.combine = metric.additivity == Additivity::kAdditive                         ? Combine::kSum
                     : metric.additivity == Additivity::kLast                           ? Combine::kLast
                     : metric.additivity == Additivity::kRatioOfSums && base != nullptr ? Combine::kRate
                                                                                        : Combine::kMean;
    const bool sums = series.combine == Combine::kSum || series.combine == Combine::kRate;
    series.amount.assign(length, sums ? 0 : std::numeric_limits<double>::quiet_NaN());
    if (series.combine == Combine::kRate) series.base.assign(length, 0);
    const Column* day = table.Find("day");
    for (std::size_t row = 0; row < table.rows; ++row) {
      // A history with a day in two currencies is none: what is left out of it would look like a fall.
      if (NumberAt(table, id + "@0:currencies", row).value_or(0) > 1) return {};
      if (day == nullptr || day->present[row] == 0) continue;
      const auto parsed = ParseIsoDay(day->words[row]);
      if (!parsed.ok() || !days.Contains(parsed.value())) continue;
      const auto at = static_cast<std::size_t>((parsed.value() - days.from).count());
      const auto value = NumberAt(table, id + "@0", row);
      if (series.combine == Combine::kRate) {
        const double divisor = NumberAt(table, id + "@0:base", row).value_or(0);
        series.base[at] = value ? divisor : 0;
        series.amount[at] = value ? *value * divisor : 0;
      } else if (value) {
        series.amount[at] = *value;
      }
    }
    return series;
  }

  void Fill(const ChainNode& node, const Table& totals, const DailySeries& series) {
    NodeData& here = data_.nodes[node.id];
    here.daily = series;
    const auto fill = [&](std::size_t window, std::optional<double>& value, double& n) {
      const std::string column = node.metric + "@" + std::to_string(window);
      if (totals.rows == 0) return;
      if (NumberAt(totals, column + ":currencies", 0).value_or(0) > 1) {
        here.missing = WhyWithheld(node.metric);
        return;
      }
      value = NumberAt(totals, column, 0);
      const auto base = NumberAt(totals, column + ":base", 0);
      n = node.combine == Combine::kSum && node.unit == "count" ? value.value_or(0)
          : base                                                ? *base
                 : NumberAt(totals, column + ":n", 0).value_or(0);
    };
    fill(0, here.now, here.now_n);
    if (data_.compare.days() > 0) fill(1, here.before, here.before_n);
    if (!here.now && here.missing.empty()) here.missing = "nothing was reported for this period";
  }

  /// Whose sentiment a node's number rests on.
  Result<Done> AddTone(const ChainNode& node) {
    const Metric* metric = workspace_.catalogue().Find(node.metric);
    const NodeData* here = data_.Find(node.id);
    if (metric == nullptr || here == nullptr || !here->now) return Done{};
    BACKCAST_TRY(const std::string words,
                 ToneWords(workspace_, *metric, FiltersOf(node.scope), data_.period));
    if (words.empty()) return Done{};
    data_.findings.push_back(
        {.rule = "L01",
         .severity = Severity::kAdvice,
         .file = "",
         .place = {},
         .message = node.title + ": " + words + ".",
         .why = "Where exports say no sentiment Backcast reads the text; 200 labels by hand (labels.csv) let "
                "listen say how often it is right.",
         .fix = "",
         .seed = "",
         .node = node.id});
    return Done{};
  }

  void AddOutside(const ChainNode& node) {
    const auto whole = whole_.find(node.metric);
    const auto here = data_.nodes.find(node.id);
    if (node.role != NodeRole::kFactor || node.scope.empty() || whole == whole_.end() ||
        here == data_.nodes.end())
      return;
    if (here->second.daily.combine != Combine::kSum || here->second.daily.empty()) return;
    here->second.elsewhere = Elsewhere(whole->second, here->second.daily);
  }

  void AddDoubts(const ChainNode& node) {
    const NodeData* here = data_.Find(node.id);
    if (here == nullptr || here->daily.empty() ||
        (node.role != NodeRole::kOutcome && node.role != NodeRole::kFactor))
      return;
    for (const Window& window : {data_.period, data_.compare}) {
      if (window.days() <= 0) continue;
      for (DataDoubt& doubt : FindGaps(node.id, node.title, here->daily, window))
        data_.doubts.push_back(std::move(doubt));
    }
  }

  Workspace& workspace_;
  const Ready& ready_;
  const ValueChain& chain_;
  std::vector<std::string>& sql_;
  std::vector<Asked> asked_;
  std::map<std::string, std::string> withheld_;  ///< by fact: what lacks a rate
  std::map<std::string, DailySeries> whole_;     ///< by metric, without any scope
  ChainData data_;
};

}  // namespace

Result<ChainData> ReadChainData(Workspace& workspace, const Ready& ready, const ValueChain& chain,
                                std::vector<std::string>& sql) {
  return ChainReader(workspace, ready, chain, sql).Read();
}

Result<NodeData> ReadNode(Workspace& workspace, const Ready& ready, const std::string& metric,
                          const Scope& scope) {
  ValueChain alone;
  ChainNode node;
  node.id = node.metric = metric;
  node.scope = scope;
  alone.nodes.push_back(std::move(node));
  std::vector<std::string> sql;
  BACKCAST_TRY(ChainData data, ReadChainData(workspace, ready, alone, sql));
  return std::move(data.nodes[metric]);
}

}  // namespace backcast
