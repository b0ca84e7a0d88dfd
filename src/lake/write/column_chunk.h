// SPDX-License-Identifier: Apache-2.0
// One column of one row group of a Parquet file: collects cells, then encodes them. Repeated values become a
// dictionary and bit-packed numbers, others stand plain; pages are compressed with zstd.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/table.h"
#include "lake/write/distinct.h"

namespace backcast {

/// Parquet's physical types, with its numbers.
enum class Physical : std::uint8_t { kFlag = 0, kInt32 = 1, kInt64 = 2, kDouble = 5, kBytes = 6 };

/// The physical type of a lake column ("BIGINT", "DECIMAL(18,4)", ...); nothing for a type that no fact has.
std::optional<Physical> PhysicalOf(std::string_view sql_type);

/// Compresses pages; one per thread.
class PageCompressor {
 public:
  PageCompressor();
  ~PageCompressor();
  PageCompressor(const PageCompressor&) = delete;
  PageCompressor& operator=(const PageCompressor&) = delete;
  /// Appends the compressed bytes to `out`; returns how many.
  std::size_t Append(std::string_view page, std::string& out);

 private:
  void* context_;
};

/// What the footer says about an encoded chunk. Offsets count from the chunk's first byte.
struct ChunkNotes {
  std::int64_t rows = 0;
  std::int64_t nulls = 0;
  std::int64_t bytes = 0;           ///< in the file
  std::int64_t unpacked_bytes = 0;  ///< with page headers
  std::int64_t data_offset = 0;
  bool has_dictionary = false;
  /// Least and greatest value. Flags and doubles have none, nor has a chunk of missing cells.
  std::optional<std::pair<std::int64_t, std::int64_t>> integers;
  std::optional<std::pair<std::string, std::string>> words;
};

class ColumnChunk {
 public:
  explicit ColumnChunk(Physical physical) : physical_(physical) {}

  /// Takes these rows of a column.
  void Add(const ColumnBuffer& column, std::span<const std::uint32_t> rows);
  /// The same value `count` times.
  void AddInteger(std::int64_t value, std::size_t count);
  void AddWord(std::string_view word, std::size_t count);
  void AddMissing(std::size_t count);
  /// Takes integers as they are, all present.
  void AddIntegers(std::span<const std::int64_t> values);

  std::size_t rows() const { return rows_; }
  /// Bytes that it holds, about.
  std::size_t bytes() const;

  /// Appends the chunk's pages to `out` and empties the chunk.
  ChunkNotes Encode(PageCompressor& compressor, std::string& out);

 private:
  void AddPresence(const ColumnBuffer& column, std::span<const std::uint32_t> rows);
  void KeepPresence();
  std::string Plain(std::size_t from, std::size_t to) const;
  void NoteRange(ChunkNotes& notes) const;

  Physical physical_;
  std::size_t rows_ = 0;
  std::size_t nulls_ = 0;
  std::vector<std::uint8_t>
      present_;  ///< filled from the first chunk on that mixes missing cells with others
  std::vector<std::int64_t> integers_;  ///< of present cells; a double as its bits
  std::vector<std::uint32_t> numbers_;  ///< of present words
  DistinctWords words_;
};

}  // namespace backcast
