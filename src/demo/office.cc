// SPDX-License-Identifier: Apache-2.0
#include "demo/office.h"

#include <algorithm>
#include <chrono>

#include "demo/parameters.h"

namespace backcast::demo {

bool WorkingDay(Day day) { return WeekdayOf(day) < 5 && Holiday(day).empty(); }

void PassOfficeTime(Day start, int& day, int& minute, int minutes) {
  for (;;) {
    if (!WorkingDay(start + std::chrono::days{day}) || minute >= kCloses) {
      ++day;
      minute = kOpens;
      continue;
    }
    minute = std::max(minute, kOpens);
    const int today = std::min(minutes, kCloses - minute);
    minute += today;
    minutes -= today;
    if (minutes == 0) return;
  }
}

}  // namespace backcast::demo
