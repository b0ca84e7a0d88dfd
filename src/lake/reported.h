// SPDX-License-Identifier: Apache-2.0
// Media money stands in two places: an ad platform reports it, and somebody types it into a list of costs.
// What comes in are cost lines and ad spend, what goes out are the lines that would count twice.
#pragma once

#include <string>

#include "facts/schema.h"

namespace backcast {

/// A SELECT with the columns of `costs` and its lineage: the rows of the table or view `delivered`, where
/// `reported` says whether the spend in `spending` has a line already.
///
/// That is so for a line of kind "media" when some ad reports spend in the line's month: on the platform that
/// the line names, or, when it names none, in its channel group. A flag that the file itself gives stays. A
/// line without platform and channel group, and every line of another kind, is never reported elsewhere.
std::string CostsOnce(const Fact& costs, const Fact& spending, const std::string& delivered);

}  // namespace backcast
