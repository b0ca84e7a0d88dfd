// SPDX-License-Identifier: Apache-2.0
// What the lake holds: rows, days and currencies of every fact, from the lake's own statistics where they
// tell it, else in one statement.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/day.h"
#include "engine/engine.h"
#include "facts/schema.h"
#include "lake/lake.h"
#include "score/questions.h"

namespace backcast {

/// One entry per fact and dimension; days_in_period is not counted yet.
Result<std::vector<FactCoverage>> ReadCoverage(Engine& engine, const Schemas& schemas,
                                               const LakeStatistics& statistics);

/// Counts the days of `period` on which these facts have rows.
Result<Done> CountDays(Engine& engine, const Schemas& schemas, const std::set<std::string>& facts,
                       const Window& period, std::vector<FactCoverage>& coverage);

/// The newest day of any fact that is not behind `today`, by which time stands; rows behind it are typing
/// errors, or due one day. The newest day of all where every row is. Asks the engine only for facts that
/// reach further.
Result<std::optional<Day>> LastDayUpTo(Engine& engine, const Schemas& schemas,
                                       const std::vector<FactCoverage>& coverage, Day today);

/// The newest day of any fact, or nothing when there is no dated row.
std::optional<Day> LastDay(const std::vector<FactCoverage>& coverage);
std::optional<Day> FirstDay(const std::vector<FactCoverage>& coverage);

}  // namespace backcast
