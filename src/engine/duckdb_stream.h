// SPDX-License-Identifier: Apache-2.0
// Chunks of DuckDB as the row batches of the house. Included by engine sources only.
#pragma once

#include <duckdb.h>

#include "facts/table.h"

namespace backcast {

/// Fills `batch`, whose columns are made on the first call and used again, with the rows of one chunk. Words
/// point into the chunk.
void ReadChunk(duckdb_data_chunk chunk, RowBatch& batch);

}  // namespace backcast
