// SPDX-License-Identifier: Apache-2.0
// A metric's arithmetic over the columns of the joined scans: ratios come last.
#pragma once

#include <string>
#include <string_view>

#include "compile/leaves.h"

namespace backcast {

/// Columns of one metric in one window, as SQL; empty = the metric has none.
struct MetricColumns {
  std::string value, rows, base, currencies;
};

/// `window`: number; an empty one gives NULLs. `currency`: the only one in which amounts count as one.
MetricColumns MetricSql(const Metric& metric, const Catalogue& catalogue, const Leaves& leaves,
                        const Dialect& dialect, std::size_t window, std::string_view currency = {});

}  // namespace backcast
