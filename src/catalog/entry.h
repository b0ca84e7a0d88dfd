// SPDX-License-Identifier: Apache-2.0
// One entry of catalogue/metrics/*.yaml -> Metric.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"

namespace backcast {

/// Reads one entry; every fault is added to `faults`, and nothing is returned when there was one.
std::optional<Metric> ReadEntry(const Yaml& node, std::string_view file, std::vector<Error>& faults);

/// A fault of the metric's formula at its character `at` (from 1): the sentence names entry, metric and
/// character.
Error FaultIn(const Metric& metric, std::size_t at, std::string what, std::string hint);

}  // namespace backcast
