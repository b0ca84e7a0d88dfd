// SPDX-License-Identifier: Apache-2.0
// The columns of one canonical fact for people and programs who fill it from a file of their own. Included by
// desk sources only.
#pragma once

#include <string>

#include "desk/envelope.h"
#include "facts/schema.h"

namespace backcast {

/// "count", "count, people counted once: never added", "code of a post".
std::string TypeText(const FactColumn& column);

std::string FactPaper(const Fact& fact);
Json FactJson(const Fact& fact);

}  // namespace backcast
