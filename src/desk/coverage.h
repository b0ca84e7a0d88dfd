// SPDX-License-Identifier: Apache-2.0
// What the lake holds: rows, days and currencies of every fact, in one statement.
#pragma once

#include <vector>

#include "base/day.h"
#include "engine/engine.h"
#include "facts/schema.h"
#include "score/questions.h"

namespace backcast {

/// One entry per fact and dimension; days_in_period counts days of `period` with rows.
Result<std::vector<FactCoverage>> ReadCoverage(Engine& engine, const Schemas& schemas, const Window& period);

/// The newest day of any fact, or nothing when there is no dated row.
std::optional<Day> LastDay(const std::vector<FactCoverage>& coverage);
std::optional<Day> FirstDay(const std::vector<FactCoverage>& coverage);

}  // namespace backcast
