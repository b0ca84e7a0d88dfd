// SPDX-License-Identifier: Apache-2.0
// The data layer of the doctor: rules that need what the exports say. Comes in: plan, catalogue and a picture
// of the data; goes out: findings D01 to D18.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "plan/data_picture.h"
#include "plan/plan.h"

namespace backcast {

/// All findings, rule by rule. `today` decides whether the data as a whole are old. A rule whose part of the
/// picture is not filled says nothing.
std::vector<Finding> ExamineData(const Plan& plan, const Catalogue& catalogue, const DataPicture& picture,
                                 Day today);

/// Ids of D-rules of rules.yaml without a function. Empty in a sound program.
std::vector<std::string> DataRulesWithoutLogic();

}  // namespace backcast
