// SPDX-License-Identifier: Apache-2.0
// One fact filled from records: comes in the fields of a stretch of records, goes out a RowBatch with the
// fact's staged columns and `line`, a mark per row, and the rows that cannot be kept with the reason.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "facts/schema.h"
#include "facts/table.h"
#include "ingest/cell_columns.h"
#include "ingest/forgotten.h"
#include "ingest/row_fields.h"

namespace backcast {

/// The day that stands for "when the counters were read" until the whole file has been seen.
inline constexpr std::string_view kLateDay = "9999-12-31";

/// Why a row is refused.
struct RowFault {
  std::size_t row = 0;
  std::string column;
  std::string value;
  std::string reason;
};

class FactFiller {
 public:
  /// All must outlive the object. `forgotten`: persons whose rows are refused; may be null.
  FactFiller(const Mapping& mapping, const Fill& fill, const Fact& fact, RowFields& fields,
             const Forgotten* forgotten = nullptr);

  /// Adds what the columns of the loaded records show of the file's way of writing numbers and dates.
  void Show(FileHints& hints);
  /// What to take for columns that could be meant in more than one way.
  void Prefer(const FileHints& hints) { hints_ = hints; }
  /// Reads the loaded records. Faults of rows that `is_data` marks 0 or that `when` does not admit are left
  /// out.
  Result<Done> Read(const RecordBatch& batch, const std::vector<char>& is_data,
                    std::vector<RowFault>& faults);
  /// Rows of the last Read() that this fact takes, before refusals.
  const std::vector<char>& wanted() const { return wanted_; }
  /// The rows that are wanted and not refused, in order; views stay valid until the next Read().
  const RowBatch& Keep(const std::vector<char>& refused);
  /// The number in a staged column of a row of the last Read(); money in ten-thousandths.
  std::optional<double> Number(std::string_view column, std::size_t row) const;
  /// The sum of a staged column over the rows of the last Read() that are data and not refused.
  double Sum(std::string_view column, const std::vector<char>& is_data,
             const std::vector<char>& refused) const;
  bool Has(std::string_view column) const;

  const Fact& fact() const { return fact_; }
  const std::vector<FactColumn>& columns() const { return columns_; }
  /// Newest day or instant's day among kept rows, as days since 1970-01-01; nothing while there is none.
  std::optional<std::int64_t> newest() const { return newest_; }
  /// Staged day columns that hold kLateDay.
  const std::vector<std::string>& late() const { return late_; }
  /// Columns whose dates could be read with the day or the month first, or are written in both ways.
  const std::map<std::string, DateFormat>& unsure_dates() const { return unsure_dates_; }
  /// Whether the fact's day is one and the same for all rows, from the file's name, title or an option.
  bool day_is_given() const { return day_is_given_; }

 private:
  struct Source {
    const Target* target = nullptr;
    bool offered = false;
    std::vector<Written> written;  ///< one per field of the target
  };
  Result<Done> ReadTarget(std::size_t column, std::vector<BadCell>& bad);
  Result<Done> ReadArithmetic(std::size_t column, std::vector<BadCell>& bad);
  Result<const Written*> WrittenAs(Source& source, std::size_t part, Type type,
                                   const std::vector<std::string_view>& cells);
  void CheckKeys(const std::vector<char>& is_data, std::vector<RowFault>& faults);
  void LeaveOutForgotten(const std::vector<char>& is_data, std::vector<RowFault>& faults);
  void NoteDays(const ColumnBuffer& column, Type type);
  void DropRepeats(std::vector<char>& keep);

  const Mapping& mapping_;
  const Fill& fill_;
  const Fact& fact_;
  RowFields& fields_;
  const Forgotten* forgotten_;
  FileHints hints_;
  std::vector<FactColumn> columns_;
  std::vector<Source> sources_;      ///< one per staged column
  std::vector<std::size_t> needed_;  ///< staged columns that must be there
  std::vector<std::size_t> blank_;   ///< label columns of the key: missing is ""
  std::vector<std::pair<std::size_t, std::string>>
      owners_;  ///< columns that say whose row it is, and how marks call them
  RowBatch all_;
  RowBatch kept_;
  std::vector<char> wanted_;
  std::deque<std::string> texts_;
  std::unordered_map<std::uint64_t, std::uint64_t> seen_;  ///< of a dimension: natural id -> its last content
  std::optional<std::int64_t> newest_;
  std::vector<std::string> late_;
  std::map<std::string, DateFormat> unsure_dates_;
  bool day_is_given_ = false;
};

}  // namespace backcast
