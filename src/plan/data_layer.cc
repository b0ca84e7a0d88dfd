// SPDX-License-Identifier: Apache-2.0
#include "plan/data_layer.h"

#include "plan/data/rules.h"

namespace backcast {
namespace {

DataRuleFunction FunctionOf(std::string_view id) {
  for (const auto rows : {ReachRules(), LinkRules(), TrustRules()}) {
    for (const DataRuleRow& row : rows) {
      if (row.id == id) return row.examine;
    }
  }
  return nullptr;
}

bool IsOfTheData(const Rule& rule) { return rule.id.starts_with('D'); }

}  // namespace

DataExamination::DataExamination(const Plan& plan, const Catalogue& all, const DataPicture& seen, Day today)
    : chain(plan, all.all(), today), catalogue(all), picture(seen) {
  for (const Seen<Kpi>& kpi : chain.kpis) kpi_by_id.emplace(kpi.node.id, &kpi);
  for (const Seen<Outcome>& outcome : chain.outcomes) outcome_by_id.emplace(outcome.node.id, &outcome);
}

const Seen<Kpi>* DataExamination::FindKpi(std::string_view id) const {
  const auto found = kpi_by_id.find(id);
  return found == kpi_by_id.end() ? nullptr : found->second;
}

const Seen<Outcome>* DataExamination::FindOutcome(std::string_view id) const {
  const auto found = outcome_by_id.find(id);
  return found == outcome_by_id.end() ? nullptr : found->second;
}

std::vector<Finding> ExamineData(const Plan& plan, const Catalogue& catalogue, const DataPicture& picture,
                                 Day today) {
  const DataExamination seen(plan, catalogue, picture, today);
  Suggester suggester;
  std::vector<Finding> findings;
  for (const Rule& rule : Rulebook::Shipped().all()) {
    if (!IsOfTheData(rule)) continue;
    if (const DataRuleFunction examine = FunctionOf(rule.id))
      examine(seen, rule, Report(rule, plan.file, suggester, findings));
  }
  return findings;
}

std::vector<std::string> DataRulesWithoutLogic() {
  std::vector<std::string> without;
  for (const Rule& rule : Rulebook::Shipped().all()) {
    if (IsOfTheData(rule) && FunctionOf(rule.id) == nullptr) without.push_back(rule.id);
  }
  return without;
}

}  // namespace backcast
