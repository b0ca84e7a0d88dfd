// SPDX-License-Identifier: Apache-2.0
// The same ads exported under two attribution settings (7 days after a click, 1 day after a click) have the
// same spend twice. Only one of them counts, unless somebody asks by the setting.
#pragma once

#include "desk/ready.h"

namespace backcast {

/// Where rows of ad_day differ in nothing but the setting and more than one of them has spend, the one that
/// was read last counts: replaces the fact's view and says so in ready.notes. Call after Lake::Attach and
/// ApplySegments. Conversion actions (Google), whose rows beside the first have no spend, are all kept; where
/// sums mix conversions of several settings, ready.notes says that too. Errors: those of the engine.
Result<Done> CountOneSetting(Workspace& workspace, const ScoreOptions& options, Ready& ready);

}  // namespace backcast
