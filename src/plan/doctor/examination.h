// SPDX-License-Identifier: Apache-2.0
// What a rule of the doctor sees: the plan, the metrics, the day, and look-ups that make every rule one pass.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/day.h"
#include "base/yaml.h"
#include "catalog/catalogue.h"
#include "plan/ids.h"
#include "plan/plan.h"
#include "plan/rulebook.h"

namespace backcast {

using WordSet = std::set<std::string, std::less<>>;

/// A node of the plan with what was written and the metric it names (nullptr when the catalogue has none of
/// that id).
template <class Node>
struct Seen {
  const Node& node;
  const Yaml& yaml;
  const Metric* metric = nullptr;
};

struct Examination {
  /// `plan` and `metrics` must outlive the examination.
  Examination(const Plan& examined, std::span<const Metric> all_metrics, Day day);

  const Plan& plan;
  std::span<const Metric> metrics;
  Day today;
  std::vector<Seen<Outcome>> outcomes;
  std::vector<Seen<Kpi>> kpis;
  std::vector<Seen<Tactic>> tactics;
  std::unordered_map<std::string_view, const Metric*> metric_by_id;
  std::unordered_map<std::string_view, const Person*> person_by_id;
  std::unordered_map<std::string_view, const Outcome*> outcome_by_id;

  const Metric* FindMetric(std::string_view id) const;
  const Person* FindPerson(std::string_view id) const;
  const Outcome* FindOutcome(std::string_view id) const;
  /// The person exists and influences one of `areas`.
  bool Influences(std::string_view person, const WordSet& areas) const;
  /// The words under culture.driven_by.
  std::vector<const Yaml*> Drives() const;
};

/// Collects the findings of one rule.
class Report {
 public:
  Report(const Rule& rule, std::string_view file, Suggester& suggester, std::vector<Finding>& findings)
      : rule_(rule), file_(file), suggester_(suggester), findings_(findings) {}

  /// `node`: id of the outcome, KPI, tactic or objective it concerns; may be empty.
  void operator()(const Said& said, const Place& place, std::string_view node) const {
    findings_.push_back(Say(rule_, said, file_, place, node));
  }
  /// The same, of another severity than the rule's own.
  void As(Severity severity, const Said& said, const Place& place, std::string_view node) const {
    (*this)(said, place, node);
    findings_.back().severity = severity;
  }
  /// The same, with the word that was probably meant before the advice.
  void WithSuggestion(const Said& said, const Place& place, std::string_view node, std::string_view word,
                      const std::vector<std::string>& known) const;

 private:
  const Rule& rule_;
  std::string_view file_;
  Suggester& suggester_;
  std::vector<Finding>& findings_;
};

/// Where the value under a path such as "plan.next_review" stands, or the last block on the way to it that
/// exists.
Place PlaceOf(const Yaml& block, std::string_view path);

/// What a sentence calls a block: its id, or "the kpi in line 12".
std::string NameOf(const Yaml& block, std::string_view kind);

/// Texts of a scalar or of a list's scalars, without a copy.
std::vector<const Yaml*> ScalarsOf(const Yaml* value);

/// Adds what a rule finds.
using RuleFunction = void (*)(const Examination& seen, const Rule& rule, const Report& report);

struct RuleRow {
  std::string_view id;
  RuleFunction examine;
};

/// The functions by topic; each row is one rule of rules.yaml that is not a predicate.
std::span<const RuleRow> ObjectiveRules();
std::span<const RuleRow> PeopleRules();
std::span<const RuleRow> IssueRules();
std::span<const RuleRow> OutcomeRules();
std::span<const RuleRow> KpiRules();
std::span<const RuleRow> AudienceRules();
std::span<const RuleRow> TacticRules();
std::span<const RuleRow> RevisionRules();
std::span<const RuleRow> TargetRules();
std::span<const RuleRow> DriverRules();

}  // namespace backcast
