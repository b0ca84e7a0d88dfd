// SPDX-License-Identifier: Apache-2.0
// The command schema: JSON Schemas that editors and programs may rely on, and the columns of the canonical
// facts.
#pragma once

#include <string>

#include "base/result.h"
#include "desk/answer.h"

namespace backcast {

Result<Answer> ListSchemas(Format format);
/// A JSON Schema as it is; a fact as text or JSON. Error: kUsage with the nearest there is.
Result<Answer> DescribeSchema(const std::string& id, Format format);

}  // namespace backcast
