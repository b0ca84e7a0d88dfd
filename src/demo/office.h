// SPDX-License-Identifier: Apache-2.0
// The hours in which a sales desk answers: nine to five, Monday to Friday, no public holidays.
#pragma once

#include "base/day.h"

namespace backcast::demo {

inline constexpr int kOpens = 9 * 60;
inline constexpr int kCloses = 17 * 60;

bool WorkingDay(Day day);

/// Moves (day, minute) on by that many minutes of office hours; days count from `start`.
void PassOfficeTime(Day start, int& day, int& minute, int minutes);

}  // namespace backcast::demo
