// SPDX-License-Identifier: Apache-2.0
// A trend as one row of bars, a gap where a period has no value.
#pragma once

#include <string>
#include <vector>

#include "score/scorecard.h"

namespace backcast {

/// ▁▂▃▄▅▆▇█, one per point, at most the last `most`; bars rise from the lowest to the highest value, a flat
/// line is ▄.
std::string Sparkline(const std::vector<Point>& trend, std::size_t most = 12);

}  // namespace backcast
