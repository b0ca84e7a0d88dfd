// SPDX-License-Identifier: Apache-2.0
// What a metric's formula reads: facts and their columns, through other metrics too.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "catalog/catalogue.h"

namespace backcast {

/// Facts without rows that keep the metric from having a number, sorted; empty when it can have one. Of a
/// total(...) one part with rows is enough. A metric that a method gives lacks nothing here.
std::vector<std::string> LackingFacts(const Metric& metric, const Catalogue& catalogue,
                                      const std::map<std::string, std::int64_t>& rows);

/// The formula adds, counts or asks about one of `columns` of `fact`.
bool Reads(const Metric& metric, const Catalogue& catalogue, const std::string& fact,
           const std::vector<std::string>& columns);

}  // namespace backcast
