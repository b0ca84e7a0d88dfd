// SPDX-License-Identifier: Apache-2.0
// plan.yaml read with every value's file:line:column kept, and the doctor that examines it.
// Keys: docs/formats/plan.md and the JSON Schema that `schema describe plan` prints.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "base/yaml.h"
#include "catalog/catalogue.h"
#include "plan/driver_trees.h"

namespace backcast {

/// What the plan wants from a number.
struct Goal {
  std::optional<double> baseline, target;
  std::optional<Day> by;
  std::optional<Window> baseline_period;
};

struct Person {
  std::string id, role, function;
  std::vector<std::string> influences;
  Place place;
};

struct Objective {
  std::string id, statement, strategy, kind, owner;
  Place place;
};

/// Scope of a number: dimension -> allowed values, e.g. channel_group -> organic_social, paid_social.
using Scope = std::vector<std::pair<std::string, std::vector<std::string>>>;

struct Outcome {
  std::string id, objective, metric, ceo, owner, unit, tree;
  Scope scope;
  Goal goal;
  int lag_weeks = 0;
  Place place;
};

struct PathStep {
  std::string step, metric;
  Place place;
};

struct Kpi {
  std::string id, outcome, metric, owner, why, cost_pair, guard, issue;
  Scope scope;
  Goal goal;
  std::vector<std::string> segments, compare_with;
  std::vector<PathStep> path;
  Place place;
};

struct Tactic {
  std::string id, name, element, stage, owner;
  std::vector<std::string> channels, moves;
  std::map<std::string, double> budget;
  std::optional<Window> window;
  Scope scope;
  Place place;
};

struct Channel {
  std::string id, platform, account, owner, why;
  Place place;
};

struct NotMeasured {
  std::string what, why, owner;
};

struct Plan {
  std::string file;
  std::string brand, currency, time_zone, market;
  int version = 1;
  std::vector<Person> team;
  std::vector<Objective> objectives;
  std::vector<Outcome> outcomes;
  std::vector<Kpi> kpis;
  std::vector<Tactic> tactics;
  std::vector<Channel> channels;
  std::vector<NotMeasured> not_measured;
  DriverTreeSet driver_trees = DriverTreeSet::Shipped();  ///< the plan's own first, then those that ship
  Yaml root;  ///< everything as written, for rules that look at the rest

  const Person* FindPerson(std::string_view id) const;
  const Outcome* FindOutcome(std::string_view id) const;
  const Kpi* FindKpi(std::string_view id) const;
};

enum class Severity : std::uint8_t { kAdvice, kFutureError, kWarning, kError };
std::string_view ToWord(Severity severity);  ///< "advice", "future_error", "warning", "error"

/// Somebody answers for a finding: it is still said, but counts for nothing and takes no verdict.
struct Acceptance {
  std::string because, by;
  std::string on;     ///< ISO day
  std::string until;  ///< ISO day, the last on which it holds; empty: until it is withdrawn
};

/// One finding of the doctor.
struct Finding {
  std::string rule;  ///< "P18"; T-rules are of the text layer (T01 unknown key, T02 wrong type, ...)
  Severity severity = Severity::kWarning;
  std::string file;
  Place place;
  std::string message, why, fix, seed;
  std::string node;  ///< id of the plan's node that loses its verdict when severity is kError; may be empty
  std::optional<Acceptance> accepted;
};

struct PlanReading {
  Plan plan;
  std::vector<Finding> findings;  ///< text layer
};

/// Reads a plan. Only text that is no YAML is an Error (kInput with file:line:column); everything else is a
/// finding and the rest of the plan is still read. Short forms are accepted: a plan of 20 lines with outcomes
/// alone is a plan.
Result<PlanReading> ReadPlan(std::string_view yaml, std::string_view file, const Catalogue& catalogue);

/// The chain layer: rules that need the catalogue and no data. `today` decides what is overdue.
std::vector<Finding> ExamineChain(const Plan& plan, const Catalogue& catalogue, Day today);

/// JSON Schema (2020-12) of plan.yaml.
std::string PlanSchema();

/// What the plan has under custom_metrics, as YAML for Catalogue::Add: a list of entries in which every
/// value keeps its line and nearly its column, so that errors point into the plan. Empty when there is none.
std::string CustomMetricsYaml(const Plan& plan);

}  // namespace backcast
