// SPDX-License-Identifier: Apache-2.0
// One scan -> its common table expressions: the pass over the rows, then groups, totals and windows out of
// it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compile/cut_sql.h"
#include "compile/dimensions.h"
#include "compile/leaves.h"
#include "compile/segments.h"

namespace backcast {

struct ScanFilter {
  DimensionSource source;
  std::vector<std::string> values;  ///< "" = missing
};

struct ScanRequest {
  const Scan* scan = nullptr;
  std::vector<DimensionSource> by;  ///< one per dimension of the question
  std::vector<ScanFilter> filters;
  const Segments* segments = nullptr;
  const std::vector<Window>* windows = nullptr;
  RankedCuts cuts = {};                   ///< of the fact's reports
  std::string currency = "";              ///< into which amounts are converted; empty: as they stand
  std::optional<DimensionSource> series;  ///< REQUIRES: nothing in the scan that cannot be put together
};

/// The filters as the fact can answer them, aliases spelled out; those that it has no column for are left
/// out.
std::vector<ScanFilter> ResolveFilters(const Catalogue& catalogue, const Schemas& schemas, const Fact& fact,
                                       const std::vector<Filter>& filters);

/// Definitions for a WITH clause, separated by commas. They end in "<name>_windows" with the columns g0..
/// (text), is_total, with a series "series" (text), and per slot and window "a<slot>w<window>" (beside it
/// "a<slot>w<window>n", the series counted, for levels); and, when the scan counts, "<name>_known" with one
/// row: any_row, and "r<i>" per required column in the order of the set; with a series two, told apart by
/// "of_series".
std::string ScanSql(const ScanRequest& request, const Dialect& dialect);

/// Number of the breakdown that is the series' unit already.
std::optional<std::size_t> SeriesKey(const ScanRequest& request);

/// FROM and WHERE of the rows that a request reads: the columns given, of those rows only.
std::string SourceSql(const ScanRequest& request, const std::vector<std::string>& columns,
                      const Dialect& dialect, int indent);

}  // namespace backcast
