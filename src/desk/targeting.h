// SPDX-License-Identifier: Apache-2.0
// Who is targeted: the plan's segment rules applied to rows that carry the columns they speak of.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/duckdb.h"
#include "facts/schema.h"
#include "plan/plan.h"

namespace backcast {

/// A rule as conditions that must all hold: column in (values).
using SegmentRule = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// Reads "country in (DE, AT) and device in (mobile)", or with "column = value". Nothing for a rule that says
/// more than this: such a rule needs facts that this version does not join yet, and half a rule would count
/// the wrong people.
std::optional<SegmentRule> ReadSegmentRule(std::string_view rule);

/// Columns of the fact that decide over in_target, by the plan's rules that fit it.
std::set<std::string> TargetColumns(const Plan& plan, const Fact& fact);

/// Facts that have an in_target column and all columns of a rule get it filled where the source left it open:
/// true when one target segment fits, missing when a column of it is missing. Replaces the fact's view; call
/// after Lake::Attach.
Result<Done> ApplySegments(const Plan& plan, const Schemas& schemas, DuckDb& engine);

}  // namespace backcast
