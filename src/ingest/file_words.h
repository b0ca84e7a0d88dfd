// SPDX-License-Identifier: Apache-2.0
// The words that hold for a whole file: what the user said, what its name and title lines say, what a sibling
// says.
#pragma once

#include <string_view>

#include "base/result.h"
#include "ingest/decode.h"
#include "ingest/row_fields.h"

namespace backcast {

/// "$account", "$from", "$to", "$observed", "$year", "$currency" and the mapping's other captures; days are
/// ISO. An option wins over a capture. Without any word of it, $observed is kLateDay. Errors: kUsage for an
/// option that is no day.
Result<Words> FindWords(const Mapping& mapping, const Binding& binding, std::string_view path,
                        const FileWords& given);

}  // namespace backcast
