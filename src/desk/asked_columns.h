// SPDX-License-Identifier: Apache-2.0
// Which columns a question reads, so that what is made on demand is made for those who ask for it.
#pragma once

#include <set>
#include <string>

#include "catalog/catalogue.h"
#include "compile/compile.h"

namespace backcast {

/// "mention.sentiment", for every column that a formula of the question's metrics reads, and for every
/// dimension by which it is told or filtered, on each fact of the metrics.
std::set<std::string> AskedColumns(const Question& question, const Catalogue& catalogue);

}  // namespace backcast
