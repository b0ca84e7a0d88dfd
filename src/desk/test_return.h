// SPDX-License-Identifier: Apache-2.0
// incremental_roas: the return that a test by region shows, once its result stands in the plan.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chain/claim.h"
#include "chain/declared.h"
#include "desk/ready.h"
#include "desk/region_weeks.h"
#include "money/incremental_return.h"

namespace backcast {

struct TestReturn {
  std::string id, to, currency;
  Window days{};
  double spent = 0;                         ///< in the regions that had it, in the whole weeks of the test
  std::int64_t n = 0;                       ///< regions, as the plan records them
  std::optional<IncrementalReturn> result;  ///< nothing: `needs` says why
  std::string needs;
  std::vector<Claim> claims;
};

/// The return of a test that names `spend` or counts money; nothing of any other. Only from the effect that
/// the plan records, never from what a test would say today. Errors: of the engine.
Result<std::optional<TestReturn>> ReadTestReturn(Workspace& workspace, const RegionTest& test,
                                                 const RegionWeeks& read, bool apart_before);

/// All returns that the plan's tests show, in its order; those without one are left out.
Result<std::vector<TestReturn>> ReadTestReturns(Workspace& workspace, const Ready& ready);

}  // namespace backcast
