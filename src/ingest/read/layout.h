// SPDX-License-Identifier: Apache-2.0
// Finds the tables in the beginning of a separated text: the separator, the way of quoting, title lines,
// headers, and where one table ends and another begins.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/read/scan.h"
#include "ingest/records.h"

namespace backcast {

/// One table of a text, and what its reader must know. Offsets and lines are those of the decoded text.
struct TableSpec {
  Head head;
  CellStyle format;
  std::uint64_t begin = 0;  ///< offset of the first record behind the header
  std::uint64_t end = ~std::uint64_t{0};
  std::int64_t first_line = 1;   ///< line of the byte at `begin`
  bool more_may_follow = false;  ///< the text goes on behind what was searched for tables
};

struct SearchedText {
  std::string_view text;  ///< followed by 64 readable bytes; its doubled quotes stay as they are
  bool whole = true;      ///< the text ends here
  bool line_per_record = false;
};

/// Errors: kInput when there is no table, a quote is never closed, or a header is over `limits`; `name` is
/// the file.
Result<std::vector<TableSpec>> FindTables(const SearchedText& searched, const std::string& name,
                                          const ReadLimits& limits);

/// How the records of a text are separated and quoted, judged by which way makes its lines agree. `begin` is
/// set to the offset behind a `sep=` line.
CellStyle DetectFormat(const SearchedText& searched, std::size_t& begin);

/// Cuts a record to `columns` cells where it is longer only by empty ones. Empty text means it fits;
/// otherwise it is the reason why the record cannot be a row.
std::string Fit(std::vector<std::string_view>& cells, std::size_t first, std::size_t columns);

}  // namespace backcast
