// SPDX-License-Identifier: Apache-2.0
// From a plan, or from nothing but metrics, to the questions whose answers make a scorecard.
// Comes in: Plan, Catalogue, what is asked; goes out: the lines without numbers, and few questions for many
// lines.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/day.h"
#include "catalog/catalogue.h"
#include "compile/compile.h"
#include "plan/plan.h"
#include "score/scorecard.h"

namespace backcast {

/// What the reader asked for.
struct CardRequest {
  Window period;
  Window compare;                    ///< no days: no comparison
  std::vector<std::string> by;       ///< dimensions to break down by
  std::vector<std::string> metrics;  ///< ask for these instead of the plan's
  std::vector<Filter> filters;
  Day as_of{};  ///< last day with data
};

/// What the lake can say about one fact.
struct FactCoverage {
  std::string fact;
  std::int64_t rows = 0;
  std::optional<Day> first, last;       ///< days of its rows; empty for undated facts
  std::int64_t days_in_period = 0;      ///< days of the period that have rows
  std::vector<std::string> currencies;  ///< of its rows, sorted; empty for a fact without money
  std::vector<std::string> sources;     ///< layouts its rows came from, sorted
  std::optional<Day> settled_through;   ///< days after it may still be restated
};

/// The same metrics under one scope: one fused statement for period, comparison and, where its parts can be
/// put together, the trend; another for the weeks by which targets are judged.
struct Scoped {
  std::vector<Filter> filters;
  std::vector<std::string> metrics;
  std::set<std::string> judged;  ///< those of a line with a target
  Question now;                  ///< windows: period, compare (when asked); by: the request's dimensions
  Question
      whole;  ///< the same without a breakdown, for metrics that do not have these dimensions; may hold none
  Question weeks;  ///< by week, the 26 weeks that end with the period; judged metrics that have weeks
  Question trend;  ///< by the trend's grain, 12 of them that end with the period; to be asked when the answer
                   ///< of `now` does not carry it as its series
};

/// The lines of a card before their numbers are known; `scope` of each line is an index into `scopes`, or -1.
struct Outline {
  std::vector<ScoreLine> lines;
  std::vector<int> scope;
  std::vector<Scoped> scopes;
  Grain trend_grain = Grain::kMonth;
  std::vector<Window> trend_windows;
};

/// Lines of a plan: outcomes, the KPIs that lead to each, the tactics that move these, their channels.
Outline OutlineOfPlan(const Plan& plan, const Catalogue& catalogue, const Schemas& schemas,
                      const CardRequest& request);

/// A metric that lacks a dimension of request.by is shown as its total; one that was asked for by name is
/// asked all the same, so that the reader is told. Lines of single metrics: request.metrics, or every metric
/// whose facts all have rows, by element and level.
Outline OutlineOfMetrics(const Catalogue& catalogue, const Schemas& schemas,
                         const std::vector<FactCoverage>& coverage, const CardRequest& request);

}  // namespace backcast
