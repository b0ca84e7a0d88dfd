// SPDX-License-Identifier: Apache-2.0
// The return of a test as JSON. Included by desk sources only.
#pragma once

#include "desk/envelope.h"
#include "desk/test_return.h"

namespace backcast {

/// {test, first_day, last_day, incremental_roas, brought, spend, claims[]}; without a result only the first
/// four, with the reason.
Json ToJson(const TestReturn& found);

}  // namespace backcast
