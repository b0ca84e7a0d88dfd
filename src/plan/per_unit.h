// SPDX-License-Identifier: Apache-2.0
// The stretch of time that a goal's unit speaks of.
#pragma once

#include <string_view>

namespace backcast {

/// "confirmed opt-ins per month" -> 30.4375; 0 when the unit names no stretch of time.
double DaysPerUnit(std::string_view unit);

}  // namespace backcast
