// SPDX-License-Identifier: Apache-2.0
// A fault of link tags in words. Included by desk sources only.
#pragma once

#include <string>

#include "journey/tag_audit.h"

namespace backcast {

/// What is wrong, and what to do about it; names are cut, not yet escaped for a page.
std::string Sentence(const TagFinding& finding);
std::string Fix(const TagFinding& finding);

}  // namespace backcast
