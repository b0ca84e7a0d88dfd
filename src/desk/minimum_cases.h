// SPDX-License-Identifier: Apache-2.0
// How many cases a ratio needs, from the words of the catalogue.
#pragma once

#include <optional>

#include "catalog/catalogue.h"

namespace backcast {

/// The number of `minimum: at least 300 sessions ...`, when the metric is a ratio whose divisor counts just
/// that, so that the divisor is the number of cases. Nothing otherwise: a minimum of posts or days is not
/// compared with impressions.
std::optional<double> NeededCases(const Metric& metric);

}  // namespace backcast
