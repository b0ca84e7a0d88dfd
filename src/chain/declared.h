// SPDX-License-Identifier: Apache-2.0
// What the plan wrote down before the data: changes with their expectation, and experiments with their
// result.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "plan/plan.h"

namespace backcast {

/// A change with a day, from the plan's improvements or from calendar.yaml's interventions.
struct DeclaredChange {
  std::string id, title, owner, issue;
  Day on{};
  std::optional<Day> until;  ///< last day of a change that ended
  std::string metric;        ///< that should move; empty: nothing was expected
  int direction = 0;         ///< +1 higher, -1 lower
  int lag_weeks = 0;
  std::string echo;  ///< metric that shows whether people notice
  Scope scope;
  bool improvement = false;
  Place place;
};

/// improvements of the plan that have a day, then interventions of calendar.yaml ("" when there is none),
/// each in file order. A calendar that is no YAML, or an intervention without a day, is left out and said in
/// `remarks`.
std::vector<DeclaredChange> DeclaredChanges(const Plan& plan, const std::string& calendar,
                                            std::vector<std::string>& remarks);

/// A hold-out, lift test or other experiment whose result the plan records: evidence for one link.
struct Experiment {
  std::string id, from, to, kind, source;
  std::optional<Window> days;
  double effect = 0, low = 0, high = 0;  ///< relative change of `to`; the 95 % interval
  std::int64_t n = 0;
  Place place;
};

/// experiments of the plan that name a link, an effect and an interval.
std::vector<Experiment> Experiments(const Plan& plan);

/// An experiment of the plan that was made in some regions, whether its result is known yet or not.
struct RegionTest {
  std::string id, from, to;
  Window days{};
  std::vector<std::string> regions;  ///< where `from` was changed
  std::vector<std::string> compare;  ///< empty: all others
  bool left_out = false;             ///< there it was left out, so that the effect is that of the others
  std::string measure;               ///< empty: the metric of `to`, by country
  std::string currency;              ///< of the measure; empty: it is no money
  std::string spend;  ///< where it was changed: an amount, or a measure; empty: nobody wrote it down
  Place place;
};

/// experiments of the plan that name a link, their days and regions.
std::vector<RegionTest> RegionTests(const Plan& plan);

}  // namespace backcast
