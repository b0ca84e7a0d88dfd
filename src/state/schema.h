// SPDX-License-Identifier: Apache-2.0
// The tables of state.sqlite and how an older file becomes a newer one.
#pragma once

#include <string>

#include "state/database.h"

namespace backcast {

/// The schema that this program writes.
int NewestStateSchema();

/// Brings an empty or older file to the newest schema; several processes may try at once. `path` is for the
/// sentences. Errors: kUnavailable for another program's file and for one of a newer Backcast.
Result<Done> BringUpToDate(Database& database, const std::string& path);

}  // namespace backcast
