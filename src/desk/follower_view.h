// SPDX-License-Identifier: Apache-2.0
// The bot rules put to work on samples of followers: each gets a suspicion and its reason when asked about.
#pragma once

#include "engine/duckdb.h"
#include "facts/schema.h"
#include "journey/bot_rules.h"
#include "lake/lake.h"

namespace backcast {

/// Replaces the view of follower_sample where it has rows: `suspected` is true or false by the points of the
/// rules that fit, missing where no column that any rule looks at has a value; `bot_rule` names the rules
/// that fit a suspected one and their version, "no_avatar+no_post@1". What a file says of either stays;
/// `bot`, the hand label, is never touched. Nothing is worked out before somebody asks. Call after
/// Lake::Attach. Errors: kInternal for a condition that cannot be read; of the engine.
Result<Done> ApplyFollowerRules(const BotRules& rules, const Schemas& schemas,
                                const LakeStatistics& statistics, DuckDb& engine);

}  // namespace backcast
