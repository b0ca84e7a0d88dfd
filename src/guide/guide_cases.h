// SPDX-License-Identifier: Apache-2.0
// What the tests of the walkthrough share.
#pragma once

#include "guide/guide_data.h"
#include "plan/plan_cases.h"

namespace backcast {

/// Everything that ships with the program, on a day of its own.
inline GuideData ShippedGuide() {
  return {Questions::Shipped(), ShippedCatalogue(), DriverTreeSet::Shipped(), DayOf("2026-11-02")};
}

}  // namespace backcast
