// SPDX-License-Identifier: Apache-2.0
// The chain layer: all rules of rules.yaml over one plan. Comes in: plan, metrics, day; goes out: findings
// P01 to P64.
#pragma once

#include <span>
#include <vector>

#include "catalog/catalogue.h"
#include "plan/plan.h"

namespace backcast {

/// As ExamineChain, over metrics that need not form a catalogue.
std::vector<Finding> ExamineRules(const Plan& plan, std::span<const Metric> metrics, Day today);

/// Ids of the rules that have neither a test nor a function, which would never fire. Empty in a sound
/// program.
std::vector<std::string> RulesWithoutLogic();

}  // namespace backcast
