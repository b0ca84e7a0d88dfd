// SPDX-License-Identifier: Apache-2.0
// Checkpoints: a whole version as one Parquet file, so that a reader need not replay every log file since the
// first.
#pragma once

#include "engine/duckdb.h"
#include "lake/store.h"

namespace backcast {

/// Every so many versions a checkpoint is due.
inline constexpr std::int64_t kCheckpointEvery = 20;

/// Writes the checkpoint of `snapshot` and the _last_checkpoint hint. Losing it loses nothing.
Result<Done> WriteCheckpoint(DuckDb& engine, const Store& store, const std::string& table,
                             const Snapshot& snapshot);

}  // namespace backcast
