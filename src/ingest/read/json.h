// SPDX-License-Identifier: Apache-2.0
// Records from JSON: one object a line, an array of objects, or objects one after the other.
#pragma once

#include <memory>
#include <string>

#include "ingest/read/bytes.h"

namespace backcast {

/// True when a decoded text begins like JSON objects do.
bool LooksLikeJson(std::string_view text);

/// A reader of the objects in the decoded text that `open` opens. The header is the union of the keys of the
/// first 100 objects in order of first sight; nested objects are flattened to "a.b"; arrays stay JSON text;
/// null is empty. Objects that are no valid JSON are refused one by one. Errors: kInput when no object can be
/// read.
Result<std::unique_ptr<RecordReader>> ReadJson(OpenBytes open, Head head, std::string name,
                                               const ReadLimits& limits);

}  // namespace backcast
