// SPDX-License-Identifier: Apache-2.0
#include "plan/doctor/doctor.h"

#include "plan/doctor/examination.h"
#include "plan/doctor/predicate.h"

namespace backcast {
namespace {

RuleFunction FunctionOf(std::string_view id) {
  for (const auto rows : {ObjectiveRules(), PeopleRules(), IssueRules(), OutcomeRules(), KpiRules(),
                          AudienceRules(), TacticRules(), RevisionRules(), TargetRules(), DriverRules()}) {
    for (const RuleRow& row : rows) {
      if (row.id == id) return row.examine;
    }
  }
  return nullptr;
}

bool IsOfTheChain(const Rule& rule) { return rule.id.starts_with('P'); }

}  // namespace

std::vector<Finding> ExamineRules(const Plan& plan, std::span<const Metric> metrics, Day today) {
  const Examination seen(plan, metrics, today);
  Suggester suggester;
  std::vector<Finding> findings;
  for (const Rule& rule : Rulebook::Shipped().all()) {
    if (!IsOfTheChain(rule)) continue;
    const Report report(rule, plan.file, suggester, findings);
    if (rule.test.IsMap()) {
      ExaminePredicate(seen, rule, report);
    } else if (const RuleFunction examine = FunctionOf(rule.id)) {
      examine(seen, rule, report);
    }
  }
  return findings;
}

std::vector<Finding> ExamineChain(const Plan& plan, const Catalogue& catalogue, Day today) {
  return ExamineRules(plan, catalogue.all(), today);
}

std::vector<std::string> RulesWithoutLogic() {
  std::vector<std::string> without;
  for (const Rule& rule : Rulebook::Shipped().all()) {
    const bool sound = rule.test.IsMap() ? UnknownWordOf(rule.test).empty() : FunctionOf(rule.id) != nullptr;
    if (IsOfTheChain(rule) && !sound) without.push_back(rule.id);
  }
  return without;
}

}  // namespace backcast
