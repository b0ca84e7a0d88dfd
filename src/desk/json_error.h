// SPDX-License-Identifier: Apache-2.0
// An error as the JSON object of CONTRACT: schema backcast/error/1.
#pragma once

#include <string>

#include "base/result.h"

namespace backcast {

std::string JsonError(const Error& error);

}  // namespace backcast
