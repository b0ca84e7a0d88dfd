// SPDX-License-Identifier: Apache-2.0
// The moment at which something is signed, seen or loaded.
#pragma once

#include <chrono>
#include <string>

namespace backcast {

/// The clock; SOURCE_DATE_EPOCH, when it is set, stops it there.
std::chrono::system_clock::time_point Now();

/// "2026-11-26T20:13:29Z" in UTC, by Now().
std::string InstantNow();

}  // namespace backcast
