// SPDX-License-Identifier: Apache-2.0
// Where the numbers of the driver trees stand today, for a walkthrough in a workspace that has data already.
#pragma once

#include <string>

#include "desk/talk.h"
#include "guide/guide_data.h"

namespace backcast {

/// The values of a draft's metrics over the last 91 days with data, the days over which `backout` reads
/// today's values as well. `plan`: text of the draft. Empty when the folder has no data; what cannot be read
/// is told and left out. Errors: kInterrupted.
Result<MeasuredValues> MeasureToday(const std::string& folder, const std::string& plan, Talk& talk);

}  // namespace backcast
