// SPDX-License-Identifier: Apache-2.0
// The command schema: JSON Schemas that editors and programs may rely on.
#pragma once

#include <string>

#include "base/result.h"
#include "desk/answer.h"

namespace backcast {

Answer ListSchemas(Format format);
/// Error: kUsage with what there is.
Result<Answer> DescribeSchema(const std::string& id);

}  // namespace backcast
