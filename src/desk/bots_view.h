// SPDX-License-Identifier: Apache-2.0
// The bot rules put to work: visits on which no file has an opinion get one when they are asked about.
#pragma once

#include <string>
#include <vector>

#include "engine/duckdb.h"
#include "facts/schema.h"
#include "journey/bot_rules.h"
#include "lake/lake.h"

namespace backcast {

/// A rule over visits and whether the workspace's files have what it looks at.
struct CheckedRule {
  const VisitRule* rule = nullptr;
  std::string missing;  ///< columns or facts that nobody fills; empty: it is checked
};

/// Errors: kInternal for a condition that cannot be read.
Result<std::vector<CheckedRule>> CheckableRules(const BotRules& rules, const LakeStatistics& statistics);

/// Replaces the view of session where some of its rows have no `bot`: such a row gets true and the first rule
/// that fits, "too_fast@1", false when rules were checked and none fits, and stays missing when none could
/// be. A flag and a rule that a file brings stay. Nothing is worked out before somebody asks about sessions.
/// Call after Lake::Attach.
Result<Done> ApplyBotRules(const BotRules& rules, const Schemas& schemas, const LakeStatistics& statistics,
                           DuckDb& engine);

}  // namespace backcast
