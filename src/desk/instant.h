// SPDX-License-Identifier: Apache-2.0
// The moment at which something is signed or seen.
#pragma once

#include <string>

namespace backcast {

/// "2026-11-26T20:13:29Z" in UTC; SOURCE_DATE_EPOCH, when it is set, makes a run repeatable.
std::string InstantNow();

}  // namespace backcast
