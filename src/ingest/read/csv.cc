// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/csv.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "ingest/cells.h"
#include "ingest/read/encoding.h"

namespace backcast {
namespace {

constexpr std::size_t kBlock = 1 << 20;
constexpr std::size_t kSlack = 64;  // the scanner looks at whole blocks of 64 bytes
constexpr std::size_t kBatchRecords = 4096;
constexpr std::size_t kExcerpt = 200;

class CsvReader : public RecordReader {
 public:
  CsvReader(OpenBytes open, TableSpec spec, std::string name, const ReadLimits& limits)
      : open_(std::move(open)),
        spec_(std::move(spec)),
        name_(std::move(name)),
        limits_(limits),
        scanner_(spec_.format),
        line_(spec_.first_line) {}

  const Head& head() const override { return spec_.head; }
  std::uint64_t bytes_read() const override { return source_ ? source_->position() : 0; }
  std::uint64_t bytes_total() const override { return source_ ? source_->size() : 0; }

  Result<bool> Next(RecordBatch& batch, std::vector<RefusedRecord>& refused) override {
    batch.columns = spec_.head.header.size();
    batch.cells.clear();
    batch.lines.clear();
    const std::size_t refused_before = refused.size();
    if (!source_ && !fault_) BACKCAST_CHECK(Open());
    for (;;) {
      const bool more_text_needed = Scan(batch, refused);
      if (!batch.lines.empty() || refused.size() > refused_before) return true;
      if (fault_ && (fault_is_here_ || more_text_needed)) return Located(*fault_);
      if (!more_text_needed) continue;
      if (last_) return false;
      Fill();
    }
  }

 private:
  Result<Done> Open() {
    BACKCAST_TRY(source_, open_());
    source_ = OpenRange(std::move(source_), spec_.begin, spec_.end);
    Grow(kBlock);
    scanner_.Begin(buffer_.get(), buffer_.get(), false);
    return Done{};
  }

  void Grow(std::size_t capacity) {
    auto larger = std::make_unique<char[]>(capacity + kSlack);
    if (end_ > begin_) std::memcpy(larger.get(), begin_, static_cast<std::size_t>(end_ - begin_));
    end_ = larger.get() + (end_ - begin_);
    begin_ = larger.get();
    buffer_ = std::move(larger);
    capacity_ = capacity;
  }

  /// Moves what is left to the front of the buffer and reads on behind it.
  void Fill() {
    begin_ = scanner_.place();
    const std::size_t left = static_cast<std::size_t>(end_ - begin_);
    if (left * 2 > capacity_) {
      Grow(capacity_ * 2);
    } else if (left > 0) {
      std::memmove(buffer_.get(), begin_, left);
    }
    begin_ = buffer_.get();
    end_ = begin_ + left;
    while (!last_ && !fault_ && end_ < begin_ + capacity_) {
      Result<std::size_t> got = source_->Read(end_, static_cast<std::size_t>(begin_ + capacity_ - end_));
      if (!got.ok()) {
        fault_ = got.error();
      } else {
        end_ += got.value();
        last_ = got.value() == 0;
      }
    }
    std::memset(end_, 0, kSlack);
    const std::string_view text(begin_, static_cast<std::size_t>(end_ - begin_));
    clean_ = IsAscii(text) && std::memchr(begin_, 0, text.size()) == nullptr;
    scanner_.Begin(begin_, end_, last_);
  }

  /// Takes records until the batch is full (false) or the text in the buffer is used up (true).
  bool Scan(RecordBatch& batch, std::vector<RefusedRecord>& refused) {
    if (fault_is_here_) return true;
    while (batch.lines.size() < kBatchRecords) {
      char* const from = scanner_.place();
      if (from == end_) return true;
      const std::size_t first = batch.cells.size();
      const Record record = scanner_.Next(batch.cells);
      if (record.ended != Ended::kRecord) {
        CheckUnfinished(from, record);
        return true;
      }
      if (record.blank) {
        batch.cells.resize(first);
        after_gap_ = true;
      } else if (!Take(batch, first, {from, static_cast<std::size_t>(record.next - from)}, record, refused)) {
        batch.cells.resize(first);
        return true;
      }
      line_ += static_cast<std::int64_t>(record.lines);
    }
    return false;
  }

  /// Keeps or refuses the record whose cells begin at `first`; false when the file cannot be read on.
  bool Take(RecordBatch& batch, std::size_t first, std::string_view raw, const Record& record,
            std::vector<RefusedRecord>& refused) {
    std::vector<std::string_view>& cells = batch.cells;
    if (spec_.format.unwrap) {
      scanner_.Undouble(cells);
      Unwrap(cells, first, spec_.format);
    }
    const std::string_view last_cell = cells.back();
    if (spec_.format.line_per_record) cells.resize(std::max(cells.size(), first + batch.columns));
    const std::size_t width = cells.size() - first;
    if (raw.size() > limits_.field_bytes && !CheckSizes(cells, first)) return false;
    if (width > limits_.columns)
      return Stop(line_, "the line has more than " + std::to_string(limits_.columns) + " columns",
                  "export fewer columns");
    const std::size_t length =
        static_cast<std::size_t>(last_cell.data() + last_cell.size() - cells[first].data());
    if (record.quoted == 0 && width > 1 && length == width - 1) {  // separators only
      cells.resize(first);
      after_gap_ = true;
      return true;
    }
    std::int64_t column = 0;
    std::string reason;
    if (record.stray_quote) {
      reason = "has text behind a closing quote; quotes inside a quoted cell must be doubled";
    } else if (!clean_ && !IsCleanText(cells, first, column)) {
      reason = "has bytes in this cell that are not valid UTF-8";
    } else if (width != batch.columns) {
      reason = Fit(cells, first, batch.columns);
    }
    if (reason.empty() && !spec_.format.unwrap) scanner_.Undouble(cells);
    if (reason.empty() && RepeatsHeader(cells, first)) {
      if (after_gap_ && spec_.more_may_follow) {
        return Stop(line_, "another table begins here, far behind the first one",
                    "split the file at this line");
      }
      reason = "repeats the header";
    }
    if (reason.empty()) {
      batch.lines.push_back(line_);
      after_gap_ = false;
      return true;
    }
    cells.resize(first);
    refused.push_back({line_, column, std::move(reason),
                       Excerpt(raw.substr(0, raw.find_last_not_of("\r\n") + 1), kExcerpt)});
    after_gap_ = after_gap_ || width == 1;
    return true;
  }

  /// Valid UTF-8 without zero bytes; otherwise `column` is the first cell at fault.
  static bool IsCleanText(const std::vector<std::string_view>& cells, std::size_t first,
                          std::int64_t& column) {
    for (std::size_t i = first; i < cells.size(); ++i) {
      if (ValidUtf8(cells[i]) == cells[i].size() && cells[i].find('\0') == std::string_view::npos) continue;
      column = static_cast<std::int64_t>(i - first + 1);
      return false;
    }
    return true;
  }

  bool RepeatsHeader(const std::vector<std::string_view>& cells, std::size_t first) const {
    const std::vector<std::string>& header = spec_.head.header;
    if (header.size() < 2 || spec_.head.header_line == 0 || cells[first].size() < header[0].size())
      return false;
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (Trim(cells[first + i]) != header[i]) return false;
    }
    return true;
  }

  bool CheckSizes(const std::vector<std::string_view>& cells, std::size_t first) {
    for (std::size_t i = first; i < cells.size(); ++i) {
      if (cells[i].size() > limits_.field_bytes) return TooLong(line_, i - first + 1);
    }
    return true;
  }

  /// The buffer holds only the beginning of a record: that is a fault when there is no more, or too much
  /// already.
  void CheckUnfinished(const char* from, const Record& record) {
    const std::string_view before(from, static_cast<std::size_t>(record.open_field - from));
    const std::int64_t line = line_ + static_cast<std::int64_t>(CountLines(before));
    if (record.ended == Ended::kOpenQuote) {
      Stop(line, "a quote opened here is never closed",
           "close it, or double a quote that is part of the text");
    } else if (static_cast<std::size_t>(end_ - record.open_field) > limits_.field_bytes) {
      TooLong(line, record.open_cells + 1);
    } else if (record.open_cells > limits_.columns) {
      Stop(line, "the line has more than " + std::to_string(limits_.columns) + " columns",
           "export fewer columns");
    } else if (static_cast<std::size_t>(end_ - from) > 4 * std::max(limits_.field_bytes, kBlock)) {
      Stop(line, "the record is longer than " + std::to_string(4 * limits_.field_bytes) + " bytes",
           "check that quotes are closed");
    }
  }

  bool TooLong(std::int64_t line, std::size_t column) {
    fault_ = Error{Code::kInput, name_ + ":" + std::to_string(line) + ":" + std::to_string(column),
                   "the cell is longer than " + std::to_string(limits_.field_bytes) + " bytes",
                   "check that the quote before it is closed"};
    fault_is_here_ = true;
    return false;
  }

  bool Stop(std::int64_t line, std::string what, std::string hint) {
    fault_ = Error{Code::kInput, name_ + ":" + std::to_string(line), std::move(what), std::move(hint)};
    fault_is_here_ = true;
    return false;
  }

  /// A fault of the bytes below, with the line up to which the file could be read.
  Error Located(const Error& fault) const {
    if (fault_is_here_) return fault;
    Error located = fault;
    const std::string_view rest(scanner_.place(), static_cast<std::size_t>(end_ - scanner_.place()));
    located.where = name_ + ":" + std::to_string(line_ + static_cast<std::int64_t>(CountLines(rest)));
    return located;
  }

  OpenBytes open_;
  TableSpec spec_;
  std::string name_;
  ReadLimits limits_;
  Scanner scanner_;
  std::int64_t line_;
  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  char* begin_ = nullptr;
  char* end_ = nullptr;
  bool last_ = false;  ///< the source has ended
  bool clean_ = true;  ///< the text in the buffer is ASCII without zero bytes
  bool after_gap_ = false;
  std::optional<Error> fault_;
  bool fault_is_here_ = false;  ///< the fault is of the record at scanner_.place(), with its line
};

}  // namespace

std::unique_ptr<RecordReader> ReadTable(OpenBytes open, TableSpec spec, std::string name,
                                        const ReadLimits& limits) {
  return std::make_unique<CsvReader>(std::move(open), std::move(spec), std::move(name), limits);
}

}  // namespace backcast
