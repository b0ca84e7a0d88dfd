// SPDX-License-Identifier: Apache-2.0
#include "plan/per_unit.h"

#include <array>

namespace backcast {

double DaysPerUnit(std::string_view unit) {
  struct Stretch {
    std::string_view word;
    double days;
  };
  static constexpr std::array<Stretch, 5> kStretches = {{{"per day", 1},
                                                         {"per week", 7},
                                                         {"per month", 365.25 / 12},
                                                         {"per quarter", 365.25 / 4},
                                                         {"per year", 365.25}}};
  for (const Stretch& stretch : kStretches) {
    if (unit.find(stretch.word) != std::string_view::npos) return stretch.days;
  }
  return 0;
}

}  // namespace backcast
