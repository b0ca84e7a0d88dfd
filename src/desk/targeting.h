// SPDX-License-Identifier: Apache-2.0
// Who is targeted: the plan's segment rules applied to rows that carry the columns they speak of.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "desk/segment_rule.h"
#include "engine/duckdb.h"
#include "facts/schema.h"
#include "plan/plan.h"

namespace backcast {

/// A target segment's rule, and whether it can be asked of a fact.
struct AppliedRule {
  std::string name;  ///< "g_family@2": the segment and the version of its rule
  bool applies = false;
};
/// Of every target segment of the plan.
std::vector<AppliedRule> TargetRulesFor(const Plan& plan, const Fact& fact);

/// Columns of the fact that decide over in_target, by the plan's rules that fit it.
std::set<std::string> TargetColumns(const Plan& plan, const Fact& fact);

/// Facts that have an in_target column and all columns of a rule get it filled where the source left it open:
/// true when one target segment fits, missing when a column of it is missing. A fact that is broken down into
/// rows of one `dimension` and `value` each gets it, where the source marks no row at all, for the one
/// breakdown that a rule speaks of alone; rows of other breakdowns stay missing. Replaces the fact's view;
/// call after Lake::Attach.
Result<Done> ApplySegments(const Plan& plan, const Schemas& schemas, DuckDb& engine);

}  // namespace backcast
