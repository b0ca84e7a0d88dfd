// SPDX-License-Identifier: Apache-2.0
// A Parquet file of lake columns, written row group by row group. Any reader reads it; the engine's own COPY
// costs three times as much, because it collects, counts and copies what is known here already.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "lake/delta.h"
#include "lake/write/column_chunk.h"

namespace backcast {

/// Words that are longer do not become bounds: they tell nothing that is worth their bytes.
inline constexpr std::size_t kLongestBound = 256;

class ParquetFile {
 public:
  /// Errors: kUnavailable when the file cannot be made.
  static Result<ParquetFile> Create(std::string path, std::vector<LakeColumn> columns);
  ~ParquetFile();
  ParquetFile(ParquetFile&&) noexcept;
  ParquetFile(const ParquetFile&) = delete;
  ParquetFile& operator=(const ParquetFile&) = delete;

  /// Writes one row group: a chunk per column, all of as many rows. The chunks come back empty.
  Result<Done> Write(std::vector<ColumnChunk>& chunks);
  /// Writes the footer and makes all bytes durable. Nothing may follow.
  Result<Done> Finish();

  const std::string& path() const { return path_; }
  std::int64_t rows() const { return rows_; }
  /// Of what was written so far: missing cells per column, and least and greatest values.
  const std::map<std::string, std::int64_t>& nulls() const { return nulls_; }
  const std::map<std::string, std::pair<std::int64_t, std::int64_t>>& integers() const { return integers_; }
  const std::map<std::string, std::pair<std::string, std::string>>& words() const { return words_; }

 private:
  struct Group {
    std::int64_t rows = 0;
    std::vector<std::int64_t> offsets;  ///< per column, in the file
    std::vector<ChunkNotes> notes;
  };
  ParquetFile(int file, std::string path, std::vector<LakeColumn> columns);
  Result<Done> Put(std::string_view bytes);
  std::string Footer() const;
  void Note(const LakeColumn& column, const ChunkNotes& notes);

  int file_ = -1;
  std::string path_;
  std::vector<LakeColumn> columns_;
  std::vector<Group> groups_;
  std::int64_t written_ = 0;
  std::int64_t rows_ = 0;
  std::map<std::string, std::int64_t> nulls_;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> integers_;
  std::map<std::string, std::pair<std::string, std::string>> words_;
  std::unique_ptr<PageCompressor> compressor_;
};

}  // namespace backcast
