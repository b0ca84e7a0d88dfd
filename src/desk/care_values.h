// SPDX-License-Identifier: Apache-2.0
// Times of care for the scorecard: the same numbers as in the command care.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "desk/ready.h"
#include "desk/workspace.h"
#include "score/assemble.h"

namespace backcast {

/// For lines of the outline whose metric is first_contact_resolution or a time of care (frt_median, frt_p90,
/// resolution_time_median, frt_business_median); none where no line asks. Errors: those of the engine.
Result<std::map<std::string, ComputedValue, std::less<>>> CareValues(Workspace& workspace, const Ready& ready,
                                                                     const Outline& outline);

}  // namespace backcast
