// SPDX-License-Identifier: Apache-2.0
// OpenRecords for bytes in memory: for tests, fuzzing, and what arrives over a stream.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/records.h"

namespace backcast {

/// As OpenRecords, for the bytes of a file called `name`, which are kept as long as a reader lives.
Result<std::vector<std::unique_ptr<RecordReader>>> OpenRecordsIn(std::string bytes, const std::string& name,
                                                                 const ReadLimits& limits = {});

}  // namespace backcast
