// SPDX-License-Identifier: Apache-2.0
// The tables that tell what was loaded and what was refused: `load` and `quarantine`.
#pragma once

#include <string>
#include <vector>

#include "lake/lake.h"
#include "lake/ledger.h"
#include "lake/parquet.h"

namespace backcast {

const Layout& LoadLayout();
const Layout& QuarantineLayout();

/// Rows of these tables come a few at a time; the many small files of a table are merged into the new one now
/// and then.
struct Appended {
  std::vector<DataFile> add;
  std::vector<std::string> remove;
};
Result<Appended> AppendRecords(DuckDb& engine, const Store& store, const Layout& layout,
                               const Snapshot& snapshot, const std::string& select);

/// The row of a load as a statement.
std::string LoadSelect(const Load& load, const LoadReceipt& receipt, std::int64_t now_ms);

/// Brings refused rows into a temporary table and returns the statement that reads them.
Result<std::string> QuarantineSelect(DuckDb& engine, const Load& load, std::int64_t load_id,
                                     const std::vector<Quarantined>& rows);

/// Reads load records, oldest first; `where` is a condition on the table's columns.
Result<std::vector<LoadRecord>> ReadLoads(Store& store, const std::string& where);

}  // namespace backcast
