// SPDX-License-Identifier: Apache-2.0
// What was counted in every region, week by week, before and during a test.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chain/declared.h"
#include "desk/ready.h"
#include "measure/hold_out.h"

namespace backcast {

/// Whether two names are one region: case of ASCII and blanks at the ends do not count.
bool SameRegion(std::string_view one, std::string_view other);

struct RegionWeeks {
  std::vector<TestRegion> regions;      ///< by name; `changed` where the first node of the link was there
  std::vector<std::string> left_aside;  ///< regions without a value in every week
  std::vector<std::string> unknown;     ///< regions that the plan names and no row has
  int weeks = 0;                        ///< whole weeks of the test that have data
  std::string unit;                     ///< of the values: count, or a currency
};

/// Whole weeks counted from the first day of the test: eight before it, and those of the test up to the last
/// day that has data. Values of region_day, or of `metric` by country. A region of region_day that lacks a
/// week is left aside; of a metric, a week without rows counts nothing. Errors: kInput when the export is not
/// there; of the engine.
Result<RegionWeeks> ReadRegionWeeks(Workspace& workspace, const Ready& ready, const RegionTest& test,
                                    const std::string& metric);

}  // namespace backcast
