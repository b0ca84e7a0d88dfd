// SPDX-License-Identifier: Apache-2.0
// The stretch of time that a goal's unit speaks of.
#pragma once

#include <string_view>

namespace backcast {

/// Where a goal names no stretch of time, as that of a KPI, it speaks of a month.
inline constexpr double kDaysPerMonth = 365.25 / 12;

/// "confirmed opt-ins per month" -> 30.4375; 0 when the unit names no stretch of time.
double DaysPerUnit(std::string_view unit);

}  // namespace backcast
