// SPDX-License-Identifier: Apache-2.0
// The tabular values of the house: RowBatch on the way in (typed, many rows), Table on the way out (answers).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace backcast {

/// How a fact's column is stored; the words are those of catalogue/facts/*.yaml.
enum class Type : std::uint8_t {
  kCode,     ///< BIGINT: dense integer that stands for a natural id of a dimension (post, ad, person)
  kLabel,    ///< VARCHAR with few values: platform, account, campaign
  kText,     ///< VARCHAR of any content: captions, messages; hostile until escaped
  kCount,    ///< BIGINT
  kNumber,   ///< DOUBLE
  kMoney,    ///< DECIMAL(18,4); the currency is in the row's `currency` column
  kDay,      ///< DATE, the platform's own day
  kInstant,  ///< TIMESTAMP, UTC, microseconds
  kFlag,     ///< BOOLEAN
};

/// One column of rows on their way into the lake. Only the vector of the type's family is filled, one cell
/// per row: integers for kCount, kDay (days since 1970-01-01), kInstant (microseconds since then), kMoney
/// (ten-thousandths), kFlag (0, 1); numbers for kNumber; words for kLabel, kText and kCode (the natural id,
/// coded by the lake).
struct ColumnBuffer {
  Type type = Type::kText;
  std::vector<std::uint8_t> present;  ///< 0 = missing; one per row
  std::vector<std::int64_t> integers;
  std::vector<double> numbers;
  std::vector<std::string_view> words;  ///< views into memory that outlives the batch
};

struct RowBatch {
  std::size_t rows = 0;
  std::vector<ColumnBuffer> columns;
};

/// One column of an answer: numbers for everything countable (days as days since 1970-01-01, instants as
/// seconds), words for the rest. A missing cell has present = 0, and NaN or "".
struct Column {
  std::string name;
  bool is_text = false;
  std::vector<std::uint8_t> present;
  std::vector<double> numbers;     ///< filled when !is_text
  std::vector<std::string> words;  ///< filled when is_text
};

/// An answer: column-major, every column has `rows` cells.
struct Table {
  std::size_t rows = 0;
  std::vector<Column> columns;

  /// The column of that name, or nullptr.
  const Column* Find(std::string_view name) const {
    for (const Column& column : columns) {
      if (column.name == name) return &column;
    }
    return nullptr;
  }
};

}  // namespace backcast
