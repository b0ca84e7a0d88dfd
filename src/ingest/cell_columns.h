// SPDX-License-Identifier: Apache-2.0
// From one text per row to one typed column: comes in the cells of a field, goes out a ColumnBuffer. How the
// column is written (numbers, dates) is decided once, from its first cells.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/schema.h"
#include "ingest/cells.h"
#include "ingest/mapping.h"

namespace backcast {

/// How a field is written in this file.
struct Written {
  bool known = false;  ///< there was a cell to look at
  CellForm form;
  NumberStyle style = NumberStyle::kPoint;
  DateFormat dates;
  Zone zone;
};

/// What is known beside the cells.
struct FileHints {
  int year = 0;                            ///< of dates without one, 0 when not given
  bool prefer_comma = false;               ///< other columns of the file write 1.234,5
  std::optional<DateFormat::Order> order;  ///< other columns of the file show how they write dates
};

/// Decides from the cells of the first records. Errors: kInput for a zone that does not exist.
Result<Written> FindWritten(const CellForm& form, Type type, const std::vector<std::string_view>& cells,
                            const FileHints& hints);

/// A cell that cannot be read as what its column holds.
struct BadCell {
  std::size_t row = 0;
  std::string reason;  ///< a sentence without a full stop
};

/// Reads all cells as `type` into `column`, one per row; a missing or bad cell has present = 0. Texts of free
/// content are masked into `kept`.
void ReadCells(Type type, const Written& written, const std::vector<std::string_view>& cells,
               ColumnBuffer& column, std::vector<BadCell>& bad, std::deque<std::string>& kept);

}  // namespace backcast
