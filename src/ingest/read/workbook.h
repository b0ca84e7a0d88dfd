// SPDX-License-Identifier: Apache-2.0
// Sheets of an .xlsx workbook. Each becomes a text of its own, in which its tables are found like in any
// text.
#pragma once

#include <memory>
#include <vector>

#include "ingest/read/archive.h"
#include "ingest/records.h"

namespace backcast {

bool IsWorkbook(const std::vector<ArchiveMember>& members);

/// The tables of all sheets in their order; sheets without one are left out. Numbers come as they are stored,
/// dates as ISO text, shares as "5.02%", durations as h:mm:ss. Errors: kInput (damaged, a part over 256 MiB,
/// no table at all).
Result<std::vector<std::unique_ptr<RecordReader>>> ReadWorkbook(const StoredFile& file,
                                                                const std::vector<ArchiveMember>& members,
                                                                const ReadLimits& limits);

}  // namespace backcast
