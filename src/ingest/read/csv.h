// SPDX-License-Identifier: Apache-2.0
// Streams the records of one separated table.
#pragma once

#include <memory>
#include <string>

#include "ingest/read/bytes.h"
#include "ingest/read/layout.h"

namespace backcast {

/// A reader of the table `spec` in the decoded text that `open` opens from its beginning; opened at the first
/// Next(). `name` goes into errors. Every reader opens its own source, so readers of one file may be used in
/// any order.
std::unique_ptr<RecordReader> ReadTable(OpenBytes open, TableSpec spec, std::string name,
                                        const ReadLimits& limits);

}  // namespace backcast
