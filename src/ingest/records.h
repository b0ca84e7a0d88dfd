// SPDX-License-Identifier: Apache-2.0
// From the bytes of an export to records of text cells. Knows encodings, containers, separators, title lines
// and spreadsheets; knows no platform. Comes in: a file; goes out: members, each with its head and its
// records.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backcast {

/// What a reader refuses, so that a hostile file ends in a sentence.
struct ReadLimits {
  std::size_t field_bytes = 16 << 20;
  std::size_t columns = 16384;
  std::uint64_t unpacked_bytes = std::uint64_t{64} << 30;
  int unpacked_ratio = 200;  ///< of an archive member, once it is over 64 MiB
  int members = 1000;        ///< of an archive; tables of a text
};

/// How one table inside a file is written, as found by looking at its beginning.
struct Head {
  std::string member;             ///< file inside a zip, sheet of a workbook; empty for a plain file
  std::string encoding;           ///< "UTF-8", "UTF-16LE", "windows-1252", ...
  bool encoding_guessed = false;  ///< an 8-bit file without a mark: say so
  char separator = ',';           ///< ',', ';', '\t' or '|'; '{' for JSON lines; 'x' for a workbook
  std::vector<std::vector<std::string>> preamble;  ///< lines before the header: titles, `# ...`, date ranges
  std::vector<std::string> header;                 ///< trimmed column names; duplicates keep their order
  std::int64_t header_line = 1;                    ///< 1-based line of the header in the (unpacked) file
  std::vector<std::vector<std::string>> sample;    ///< up to 50 first records, for detection
};

/// A stretch of records. Cells are row-major, head.header.size() per row, trimmed of nothing; a short row is
/// refused, a row that is longer only by empty cells is cut. Views stay valid until the next call of Next().
struct RecordBatch {
  std::size_t columns = 0;
  std::vector<std::string_view> cells;
  std::vector<std::int64_t> lines;  ///< 1-based line where the record begins
  std::size_t rows() const { return lines.size(); }
};

/// A record that could not be read as a row.
struct RefusedRecord {
  std::int64_t line = 0;
  std::int64_t column = 0;  ///< 1-based column of the table, 0 when the whole record is meant
  std::string reason;       ///< a sentence without a full stop
  std::string text;         ///< the beginning of the raw record, at most 200 bytes, valid UTF-8
};

/// Streams the records of one member, in bounded memory, in file order.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  virtual const Head& head() const = 0;
  /// Fills `batch` with the next records (some thousands); false at the end. Refused records are appended to
  /// `refused` and are not in the batch. Errors: kInput for a file that breaks off or is damaged, with
  /// file:line.
  virtual Result<bool> Next(RecordBatch& batch, std::vector<RefusedRecord>& refused) = 0;
  /// Bytes of the file read so far and in all, for progress; total is 0 while unknown.
  virtual std::uint64_t bytes_read() const = 0;
  virtual std::uint64_t bytes_total() const = 0;
};

/// The tables of one file: one for a CSV, several for a zip, a workbook, or several tables one after the
/// other. Errors: kInput (not a table, unreadable encoding, damaged or hostile archive), kUnavailable (cannot
/// be read).
Result<std::vector<std::unique_ptr<RecordReader>>> OpenRecords(const std::string& path,
                                                               const ReadLimits& limits = {});

/// SHA-256 of the file's bytes, in one pass. Errors: kUnavailable.
Result<std::string> HashFile(const std::string& path);

}  // namespace backcast
