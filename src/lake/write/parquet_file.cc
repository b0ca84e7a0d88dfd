// SPDX-License-Identifier: Apache-2.0
#include "lake/write/parquet_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "lake/files.h"
#include "lake/write/thrift.h"

namespace backcast {
namespace {

constexpr std::string_view kMagic = "PAR1";

// Parquet's numbers.
constexpr std::int32_t kOptional = 1, kZstd = 6, kPlain = 0, kRle = 3, kRleDictionary = 8;
constexpr std::int32_t kUtf8 = 0, kDecimal = 5, kDate = 6;  // converted types, for older readers

struct Precision {
  std::int32_t precision = 0, scale = 0;
};

/// Of "DECIMAL(18,4)".
Precision PrecisionOf(const std::string& type) {
  const std::size_t open = type.find('('), comma = type.find(',');
  return {std::stoi(type.substr(open + 1)), std::stoi(type.substr(comma + 1))};
}

void AppendSchema(const LakeColumn& column, ThriftWriter& out) {
  out.BeginElement();
  out.Integer(1, static_cast<std::int32_t>(*PhysicalOf(column.type)));
  out.Integer(3, kOptional);
  out.Bytes(4, column.name);
  if (column.type == "VARCHAR") {
    out.Integer(6, kUtf8);
    out.Begin(10), out.Begin(1), out.End(), out.End();
  } else if (column.type == "DATE") {
    out.Integer(6, kDate);
    out.Begin(10), out.Begin(6), out.End(), out.End();
  } else if (column.type.starts_with("DECIMAL")) {
    const Precision precision = PrecisionOf(column.type);
    out.Integer(6, kDecimal);
    out.Integer(7, precision.scale);
    out.Integer(8, precision.precision);
    out.Begin(10), out.Begin(5);
    out.Integer(1, precision.scale);
    out.Integer(2, precision.precision);
    out.End(), out.End();
  } else if (column.type == "TIMESTAMP") {
    out.Begin(10), out.Begin(8);
    out.Flag(1, false);  // no zone: the lake's instants are UTC by agreement
    out.Begin(2), out.Begin(2), out.End(), out.End();
    out.End(), out.End();
  }
  out.End();
}

std::string Bound(Physical physical, std::int64_t value) {
  return {reinterpret_cast<const char*>(&value),
          physical == Physical::kInt32 ? std::size_t{4} : std::size_t{8}};
}

void AppendStatistics(Physical physical, const ChunkNotes& notes, ThriftWriter& out) {
  out.Begin(12);
  out.Long(3, notes.nulls);
  if (notes.integers) {
    out.Bytes(5, Bound(physical, notes.integers->second));
    out.Bytes(6, Bound(physical, notes.integers->first));
  } else if (notes.words &&
             std::max(notes.words->first.size(), notes.words->second.size()) <= kLongestBound) {
    out.Bytes(5, notes.words->second);
    out.Bytes(6, notes.words->first);
  }
  out.End();
}

void AppendChunk(const LakeColumn& column, std::int64_t offset, const ChunkNotes& notes, ThriftWriter& out) {
  const Physical physical = *PhysicalOf(column.type);
  out.BeginElement();
  out.Long(2, offset);
  out.Begin(3);
  out.Integer(1, static_cast<std::int32_t>(physical));
  out.IntegerList(
      2, notes.has_dictionary ? std::vector{kPlain, kRle, kRleDictionary} : std::vector{kPlain, kRle});
  out.BytesList(3, {column.name});
  out.Integer(4, kZstd);
  out.Long(5, notes.rows);
  out.Long(6, notes.unpacked_bytes);
  out.Long(7, notes.bytes);
  out.Long(9, offset + notes.data_offset);
  if (notes.has_dictionary) out.Long(11, offset);
  AppendStatistics(physical, notes, out);
  out.End();
  out.End();
}

template <class Range>
void Widen(const Range& range, std::map<std::string, Range>& ranges, const std::string& name) {
  const auto [held, is_new] = ranges.try_emplace(name, range);
  if (is_new) return;
  held->second.first = std::min(held->second.first, range.first);
  held->second.second = std::max(held->second.second, range.second);
}

}  // namespace

ParquetFile::ParquetFile(int file, std::string path, std::vector<LakeColumn> columns)
    : file_(file),
      path_(std::move(path)),
      columns_(std::move(columns)),
      compressor_(std::make_unique<PageCompressor>()) {}

ParquetFile::ParquetFile(ParquetFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      path_(std::move(other.path_)),
      columns_(std::move(other.columns_)),
      groups_(std::move(other.groups_)),
      written_(other.written_),
      rows_(other.rows_),
      nulls_(std::move(other.nulls_)),
      integers_(std::move(other.integers_)),
      words_(std::move(other.words_)),
      compressor_(std::move(other.compressor_)) {}

ParquetFile::~ParquetFile() {
  if (file_ >= 0) ::close(file_);
}

Result<ParquetFile> ParquetFile::Create(std::string path, std::vector<LakeColumn> columns) {
  for (const LakeColumn& column : columns) {
    if (!PhysicalOf(column.type))
      return Error{Code::kInternal, path, "no Parquet type for " + column.type, ""};
  }
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return FileError("write", path);
  ParquetFile made(file, std::move(path), std::move(columns));
  BACKCAST_CHECK(made.Put(kMagic));
  return made;
}

Result<Done> ParquetFile::Put(std::string_view bytes) {
  written_ += static_cast<std::int64_t>(bytes.size());
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(file_, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return FileError("write", path_);
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return Done{};
}

void ParquetFile::Note(const LakeColumn& column, const ChunkNotes& notes) {
  nulls_[column.name] += notes.nulls;
  if (notes.integers) Widen(*notes.integers, integers_, column.name);
  if (notes.words) Widen(*notes.words, words_, column.name);
}

Result<Done> ParquetFile::Write(std::vector<ColumnChunk>& chunks) {
  Group group;
  group.rows = static_cast<std::int64_t>(chunks[0].rows());
  std::string bytes;
  for (std::size_t at = 0; at < chunks.size(); ++at) {
    group.offsets.push_back(written_ + static_cast<std::int64_t>(bytes.size()));
    group.notes.push_back(chunks[at].Encode(*compressor_, bytes));
    Note(columns_[at], group.notes.back());
  }
  rows_ += group.rows;
  groups_.push_back(std::move(group));
  return Put(bytes);
}

std::string ParquetFile::Footer() const {
  std::string footer;
  ThriftWriter out(footer);
  out.BeginElement();
  out.Integer(1, 1);
  out.StructList(2, columns_.size() + 1);
  out.BeginElement();
  out.Bytes(4, "rows");
  out.Integer(5, static_cast<std::int32_t>(columns_.size()));
  out.End();
  for (const LakeColumn& column : columns_) AppendSchema(column, out);
  out.Long(3, rows_);
  out.StructList(4, groups_.size());
  for (const Group& group : groups_) {
    out.BeginElement();
    out.StructList(1, columns_.size());
    std::int64_t bytes = 0;
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      AppendChunk(columns_[at], group.offsets[at], group.notes[at], out);
      bytes += group.notes[at].unpacked_bytes;
    }
    out.Long(2, bytes);
    out.Long(3, group.rows);
    out.End();
  }
  out.Bytes(6, "Backcast");
  out.StructList(7, columns_.size());  // every column's bounds are in the order of its type
  for (std::size_t at = 0; at < columns_.size(); ++at) {
    out.BeginElement();
    out.Begin(1), out.End();
    out.End();
  }
  out.End();
  return footer;
}

Result<Done> ParquetFile::Finish() {
  std::string footer = Footer();
  const auto length = static_cast<std::uint32_t>(footer.size());
  footer.append(reinterpret_cast<const char*>(&length), sizeof length);
  footer += kMagic;
  BACKCAST_CHECK(Put(footer));
  const bool flushed = ::fsync(file_) == 0;
  const bool closed = ::close(std::exchange(file_, -1)) == 0;
  return flushed && closed ? Result<Done>(Done{}) : Result<Done>(FileError("write", path_));
}

}  // namespace backcast
