// SPDX-License-Identifier: Apache-2.0
#include "lake/write/column_chunk.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "lake/write/thrift.h"

namespace backcast {
namespace {

constexpr int kLevel = 1;  // pages are bit-packed already: more effort gains little
constexpr std::size_t kPageRows = 1 << 15;
constexpr std::size_t kDictionaryMost = 1 << 16;
constexpr std::size_t kLook = 2048;  // values that tell whether a column repeats itself

// Parquet's numbers.
constexpr std::int32_t kDataPage = 0, kDictionaryPage = 2;
constexpr std::int32_t kPlain = 0, kRle = 3, kRleDictionary = 8;

/// A run of numbers of `width` bits, packed, least bit first; the last group of eight is filled with zeros.
template <class Numbers>
void AppendPacked(const Numbers& numbers, std::size_t from, std::size_t to, int width, std::string& out) {
  const std::size_t groups = (to - from + 7) / 8;
  AppendVarint(groups << 1 | 1, out);
  const std::size_t end = out.size() + groups * static_cast<std::size_t>(width);
  std::uint64_t bits = 0;
  int held = 0;
  for (std::size_t i = from; i < to; ++i) {
    bits |= std::uint64_t{numbers[i]} << held;
    for (held += width; held >= 8; held -= 8) {
      out += static_cast<char>(bits);
      bits >>= 8;
    }
  }
  if (held > 0) out += static_cast<char>(bits);
  out.resize(end, '\0');
}

template <class T>
void AppendLittle(T value, std::string& out) {
  static_assert(std::endian::native == std::endian::little);
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

void AppendBytes(std::string_view word, std::string& out) {
  AppendLittle(static_cast<std::uint32_t>(word.size()), out);
  out += word;
}

/// One page with its header; returns the bytes it has unpacked.
std::int64_t AppendPage(std::int32_t kind, std::string_view page, std::size_t values, std::int32_t encoding,
                        PageCompressor& compressor, std::string& scratch, std::string& out) {
  scratch.clear();
  const std::size_t packed = compressor.Append(page, scratch);
  const std::size_t before = out.size();
  ThriftWriter header(out);
  header.BeginElement();
  header.Integer(1, kind);
  header.Integer(2, static_cast<std::int32_t>(page.size()));
  header.Integer(3, static_cast<std::int32_t>(packed));
  header.Begin(kind == kDataPage ? 5 : 7);
  header.Integer(1, static_cast<std::int32_t>(values));
  header.Integer(2, encoding);
  if (kind == kDataPage) {
    header.Integer(3, kRle);  // of what is missing
    header.Integer(4, kRle);  // of repetitions, which there are none of
  }
  header.End();
  header.End();
  const std::size_t head = out.size() - before;
  out += scratch;
  return static_cast<std::int64_t>(head + page.size());
}

/// Which cells of a page are present.
void AppendPresence(const std::vector<std::uint8_t>& present, bool all, std::size_t from, std::size_t to,
                    std::string& page) {
  const std::size_t length_at = page.size();
  AppendLittle(std::uint32_t{0}, page);
  if (present.empty()) {
    AppendVarint((to - from) << 1, page);
    page += static_cast<char>(all ? 1 : 0);
  } else {
    AppendPacked(present, from, to, 1, page);
  }
  const auto length = static_cast<std::uint32_t>(page.size() - length_at - 4);
  std::memcpy(page.data() + length_at, &length, sizeof length);
}

}  // namespace

std::optional<Physical> PhysicalOf(std::string_view sql_type) {
  if (sql_type == "BIGINT" || sql_type == "TIMESTAMP" || sql_type.starts_with("DECIMAL(18,"))
    return Physical::kInt64;
  if (sql_type == "DATE") return Physical::kInt32;
  if (sql_type == "DOUBLE") return Physical::kDouble;
  if (sql_type == "BOOLEAN") return Physical::kFlag;
  if (sql_type == "VARCHAR") return Physical::kBytes;
  return std::nullopt;
}

PageCompressor::PageCompressor() : context_(ZSTD_createCCtx()) {}
PageCompressor::~PageCompressor() { ZSTD_freeCCtx(static_cast<ZSTD_CCtx*>(context_)); }

std::size_t PageCompressor::Append(std::string_view page, std::string& out) {
  const std::size_t before = out.size();
  out.resize(before + ZSTD_compressBound(page.size()));
  const std::size_t packed = ZSTD_compressCCtx(static_cast<ZSTD_CCtx*>(context_), out.data() + before,
                                               out.size() - before, page.data(), page.size(), kLevel);
  out.resize(before + packed);  // it cannot fail: the room is that of the worst case
  return packed;
}

std::size_t ColumnChunk::bytes() const {
  return present_.size() + 8 * integers_.size() + 4 * numbers_.size() + words_.bytes();
}

/// From now on presence is kept cell by cell.
void ColumnChunk::KeepPresence() {
  if (present_.empty()) present_.assign(rows_, nulls_ == 0 ? 1 : 0);
}

void ColumnChunk::AddPresence(const ColumnBuffer& column, std::span<const std::uint32_t> rows) {
  std::size_t missing = 0;
  for (const std::uint32_t row : rows) missing += column.present[row] == 0;
  const bool same = missing == 0 ? nulls_ == 0 : missing == rows.size() && nulls_ == rows_;
  if (!same || !present_.empty()) {
    KeepPresence();
    for (const std::uint32_t row : rows) present_.push_back(column.present[row]);
  }
  rows_ += rows.size();
  nulls_ += missing;
}

void ColumnChunk::Add(const ColumnBuffer& column, std::span<const std::uint32_t> rows) {
  AddPresence(column, rows);
  for (const std::uint32_t row : rows) {
    if (column.present[row] == 0) continue;
    if (physical_ == Physical::kBytes) {
      numbers_.push_back(words_.Find(column.words[row]));
    } else if (physical_ == Physical::kDouble) {
      integers_.push_back(std::bit_cast<std::int64_t>(column.numbers[row]));
    } else {
      integers_.push_back(column.integers[row]);
    }
  }
}

void ColumnChunk::AddIntegers(std::span<const std::int64_t> values) {
  if (nulls_ > 0) KeepPresence();
  if (!present_.empty()) present_.insert(present_.end(), values.size(), 1);
  integers_.insert(integers_.end(), values.begin(), values.end());
  rows_ += values.size();
}

void ColumnChunk::AddInteger(std::int64_t value, std::size_t count) {
  AddIntegers(std::vector<std::int64_t>(count, value));
}

void ColumnChunk::AddWord(std::string_view word, std::size_t count) {
  if (nulls_ > 0) KeepPresence();
  if (!present_.empty()) present_.insert(present_.end(), count, 1);
  numbers_.insert(numbers_.end(), count, words_.Find(word));
  rows_ += count;
}

void ColumnChunk::AddMissing(std::size_t count) {
  if (nulls_ < rows_) KeepPresence();
  if (!present_.empty()) present_.insert(present_.end(), count, 0);
  rows_ += count;
  nulls_ += count;
}

/// Present values [from, to) as they stand.
std::string ColumnChunk::Plain(std::size_t from, std::size_t to) const {
  std::string out;
  if (physical_ == Physical::kBytes) {
    for (std::size_t i = from; i < to; ++i) AppendBytes(words_[numbers_[i]], out);
  } else if (physical_ == Physical::kInt32) {
    for (std::size_t i = from; i < to; ++i) AppendLittle(static_cast<std::int32_t>(integers_[i]), out);
  } else if (physical_ == Physical::kFlag) {
    out.assign((to - from + 7) / 8, '\0');
    for (std::size_t i = from; i < to; ++i) {
      if (integers_[i] != 0)
        out[(i - from) / 8] = static_cast<char>(out[(i - from) / 8] | 1 << (i - from) % 8);
    }
  } else {
    out.assign(reinterpret_cast<const char*>(integers_.data() + from), (to - from) * 8);
  }
  return out;
}

void ColumnChunk::NoteRange(ChunkNotes& notes) const {
  if (nulls_ == rows_ || physical_ == Physical::kFlag || physical_ == Physical::kDouble) return;
  if (physical_ != Physical::kBytes) {
    const auto [least, most] = std::minmax_element(integers_.begin(), integers_.end());
    notes.integers = {*least, *most};
    return;
  }
  std::string_view least = words_[0];
  std::string_view most = words_[0];
  for (std::size_t i = 1; i < words_.size(); ++i) {
    least = std::min(least, words_[i]);
    most = std::max(most, words_[i]);
  }
  notes.words = {std::string(least), std::string(most)};
}

ChunkNotes ColumnChunk::Encode(PageCompressor& compressor, std::string& out) {
  ChunkNotes notes;
  notes.rows = static_cast<std::int64_t>(rows_);
  notes.nulls = static_cast<std::int64_t>(nulls_);
  NoteRange(notes);
  const std::size_t begin = out.size();
  const std::size_t present = rows_ - nulls_;
  std::string page;
  std::string scratch;
  DistinctNumbers distinct;
  const std::vector<std::uint32_t>* numbers = nullptr;
  std::size_t values = 0;  // in the dictionary
  if (physical_ == Physical::kBytes) {
    values = words_.size();
    if (values <= kDictionaryMost && values * 2 <= present) numbers = &numbers_;
    for (std::size_t i = 0; numbers != nullptr && i < values; ++i) AppendBytes(words_[i], page);
  } else if (physical_ != Physical::kFlag && present > 0) {
    const std::vector<std::int64_t> look(
        integers_.begin(), integers_.begin() + static_cast<std::ptrdiff_t>(std::min(present, kLook)));
    const bool repeats = distinct.Number(look, look.size() / 2) &&
                         (look.size() == present || distinct.Number(integers_, kDictionaryMost));
    if (repeats) {
      numbers = &distinct.numbers();
      values = distinct.values().size();
      for (const std::int64_t value : distinct.values()) {
        if (physical_ == Physical::kInt32) {
          AppendLittle(static_cast<std::int32_t>(value), page);
        } else {
          AppendLittle(value, page);
        }
      }
    }
  }
  if (numbers != nullptr) {
    notes.has_dictionary = true;
    notes.unpacked_bytes += AppendPage(kDictionaryPage, page, values, kPlain, compressor, scratch, out);
    notes.data_offset = static_cast<std::int64_t>(out.size() - begin);
  }
  const int width = values < 2 ? 1 : std::bit_width(values - 1);
  std::size_t taken = 0;  // present values
  for (std::size_t from = 0; from < rows_;) {
    const std::size_t to = std::min(rows_, from + kPageRows);
    std::size_t here = nulls_ == rows_ ? 0 : to - from;
    if (!present_.empty()) {
      here = static_cast<std::size_t>(std::count(present_.begin() + static_cast<std::ptrdiff_t>(from),
                                                 present_.begin() + static_cast<std::ptrdiff_t>(to), 1));
    }
    page.clear();
    AppendPresence(present_, nulls_ == 0, from, to, page);
    if (numbers != nullptr) {
      page += static_cast<char>(width);
      AppendPacked(*numbers, taken, taken + here, width, page);
    } else {
      page += Plain(taken, taken + here);
    }
    notes.unpacked_bytes += AppendPage(
        kDataPage, page, to - from, numbers != nullptr ? kRleDictionary : kPlain, compressor, scratch, out);
    taken += here;
    from = to;
  }
  notes.bytes = static_cast<std::int64_t>(out.size() - begin);
  *this = ColumnChunk(physical_);  // gives its memory back: other months may need it
  return notes;
}

}  // namespace backcast
