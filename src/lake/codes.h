// SPDX-License-Identifier: Apache-2.0
// Dense integer ids: every natural id of a dimension has one number, given once, in the order of first
// appearance.
#pragma once

#include <string>
#include <vector>

#include "lake/lake.h"
#include "lake/parquet.h"

namespace backcast {

/// The temporary table (natural VARCHAR, key BIGINT, fresh BOOLEAN, line BIGINT) that Code() makes for a
/// dimension.
std::string CodeTable(const std::string& dimension);

/// Gives a number to every natural id of `dimension` that the staged tables name, old numbers for known ids.
/// Numbers of new ids follow the greatest one, ordered by staged table, line, then id: the same load gets the
/// same numbers. Returns how many are new.
Result<std::int64_t> Code(DuckDb& engine, const Store& store, const Fact& dimension, const Snapshot& snapshot,
                          const Schemas& schemas, const std::vector<Staged>& staged);

/// Dimensions that these staged tables name, as themselves or in a column.
std::vector<const Fact*> DimensionsOf(const Schemas& schemas, const std::vector<Staged>& staged);

}  // namespace backcast
