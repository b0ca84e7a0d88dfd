// SPDX-License-Identifier: Apache-2.0
// What a rule of the data layer sees, and the rules by topic.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "plan/data_picture.h"
#include "plan/doctor/examination.h"

namespace backcast {

struct DataExamination {
  DataExamination(const Plan& plan, const Catalogue& all, const DataPicture& seen, Day today);

  Examination chain;
  const Catalogue& catalogue;
  const DataPicture& picture;
  std::unordered_map<std::string_view, const Seen<Kpi>*> kpi_by_id;
  std::unordered_map<std::string_view, const Seen<Outcome>*> outcome_by_id;

  const Seen<Kpi>* FindKpi(std::string_view id) const;
  const Seen<Outcome>* FindOutcome(std::string_view id) const;
};

using DataRuleFunction = void (*)(const DataExamination& seen, const Rule& rule, const Report& report);

struct DataRuleRow {
  std::string_view id;
  DataRuleFunction examine;
};

/// D01 to D05, D10: whether numbers can be had, how old and how many.
std::span<const DataRuleRow> ReachRules();
/// D06 to D08, D15, D16, D18: whether the chain holds.
std::span<const DataRuleRow> LinkRules();
/// D09, D11 to D14, D17: whether what was delivered can be believed.
std::span<const DataRuleRow> TrustRules();

}  // namespace backcast
