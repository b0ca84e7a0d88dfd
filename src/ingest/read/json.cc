// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/json.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <unordered_map>

#include "ingest/read/encoding.h"
#include "ingest/read/json_object.h"
#include "ingest/read/scan.h"

namespace backcast {
namespace {

constexpr std::size_t kHeaderObjects = 100;
constexpr std::size_t kSampleObjects = 50;
constexpr std::size_t kBatchObjects = 4096;
constexpr std::size_t kBatchBytes = 8 << 20;
constexpr std::size_t kBlock = 256 << 10;
constexpr std::size_t kExcerpt = 200;

/// Cuts a text into its outermost objects, by brackets and strings only. What lies between them and is no
/// comma, blank or outer bracket comes out too, line by line, to be refused.
class ObjectSplitter {
 public:
  struct Piece {
    std::string_view text;
    std::int64_t line = 1;
    bool closed = true;  ///< false: the text ended inside it
  };

  ObjectSplitter(std::unique_ptr<ByteSource> source, std::size_t limit)
      : source_(std::move(source)), limit_(limit) {}

  /// The next object; nothing at the end. The view lives until the next call.
  Result<std::optional<Piece>> Next() {
    Drop();
    BACKCAST_TRY(const bool found, SkipBetween());
    if (!found) return std::optional<Piece>();
    const std::int64_t line = line_;
    const bool object = text_[begin_] == '{';
    std::size_t depth = 0;
    bool inside = false;
    for (end_ = begin_;; ++end_) {
      if (end_ == text_.size()) {
        BACKCAST_TRY(const bool more, More());
        if (!more) return std::optional<Piece>(Piece{View(), line, !object});
        if (end_ - begin_ > limit_) {
          return Error{Code::kInput, ":" + std::to_string(line),
                       "the object is longer than " + std::to_string(limit_) + " bytes",
                       "check that its brackets and quotes are closed"};
        }
      }
      const char c = text_[end_];
      if (!object) {
        if (c == '\n') break;
      } else if (inside) {
        if (c == '\\') {
          ++end_;
          if (end_ == text_.size()) {
            BACKCAST_TRY(const bool more, More());
            if (!more) return std::optional<Piece>(Piece{View(), line, false});
          }
        } else if (c == '"') {
          inside = false;
        }
      } else if (c == '"') {
        inside = true;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if (c == '}' || c == ']') {
        if (--depth == 0) {
          ++end_;
          break;
        }
      }
    }
    return std::optional<Piece>(Piece{View(), line, true});
  }

  const ByteSource& source() const { return *source_; }
  std::int64_t line() const { return line_; }

 private:
  std::string_view View() const {
    return std::string_view(text_).substr(begin_, std::min(end_, text_.size()) - begin_);
  }

  void Drop() {
    line_ += static_cast<std::int64_t>(
        std::count(text_.begin() + static_cast<std::ptrdiff_t>(begin_),
                   text_.begin() + static_cast<std::ptrdiff_t>(std::min(end_, text_.size())), '\n'));
    begin_ = end_ = std::min(end_, text_.size());
  }

  Result<bool> SkipBetween() {
    for (;;) {
      for (; begin_ < text_.size(); ++begin_) {
        const char c = text_[begin_];
        line_ += c == '\n';
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != ',' && c != '[' && c != ']') {
          end_ = begin_;
          return true;
        }
      }
      end_ = begin_;
      BACKCAST_TRY(const bool more, More());
      if (!more) return false;
    }
  }

  Result<bool> More() {
    if (begin_ > kBlock) {
      text_.erase(0, begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    const std::size_t have = text_.size();
    text_.resize(have + std::max(kBlock, have));
    Result<std::size_t> got = source_->Read(text_.data() + have, text_.size() - have);
    text_.resize(have + (got.ok() ? got.value() : 0));
    if (!got.ok()) return got.error();
    return got.value() > 0;
  }

  std::unique_ptr<ByteSource> source_;
  std::size_t limit_;
  std::string text_;
  std::size_t begin_ = 0, end_ = 0;  ///< of the piece last given
  std::int64_t line_ = 1;            ///< of text_[begin_]
};

class JsonReader : public RecordReader {
 public:
  JsonReader(OpenBytes open, Head head, std::string name, const ReadLimits& limits)
      : open_(std::move(open)), head_(std::move(head)), name_(std::move(name)), limits_(limits) {
    for (std::size_t i = 0; i < head_.header.size(); ++i) columns_[head_.header[i]] = i;
  }

  const Head& head() const override { return head_; }
  std::uint64_t bytes_read() const override { return objects_ ? objects_->source().position() : 0; }
  std::uint64_t bytes_total() const override { return objects_ ? objects_->source().size() : 0; }

  Result<bool> Next(RecordBatch& batch, std::vector<RefusedRecord>& refused) override {
    batch.columns = head_.header.size();
    batch.cells.clear();
    batch.lines.clear();
    texts_.clear();
    if (!objects_) {
      BACKCAST_TRY(std::unique_ptr<ByteSource> source, open_());
      objects_.emplace(std::move(source), limits_.field_bytes);
    }
    const std::size_t refused_before = refused.size();
    std::size_t bytes = 0;
    while (!fault_ && batch.lines.size() < kBatchObjects && bytes < kBatchBytes) {
      auto piece = objects_->Next();
      if (!piece.ok()) {
        fault_ = piece.error();
        fault_->where = fault_->where.starts_with(':') ? name_ + fault_->where
                                                       : name_ + ":" + std::to_string(objects_->line());
      } else if (!piece.value()) {
        break;
      } else if (!piece.value()->closed) {
        fault_ = Error{Code::kInput, name_ + ":" + std::to_string(piece.value()->line),
                       "the file ends inside the object that begins here", "download or copy the file again"};
      } else {
        bytes += piece.value()->text.size();
        Take(*piece.value(), batch, refused);
      }
    }
    if (!batch.lines.empty() || refused.size() > refused_before) return true;
    if (fault_) return *fault_;
    return false;
  }

 private:
  void Take(const ObjectSplitter::Piece& piece, RecordBatch& batch, std::vector<RefusedRecord>& refused) {
    FlatObject object;
    if (!Flatten(piece.text, object)) {
      refused.push_back({piece.line, 0, "is not a valid JSON object", Excerpt(piece.text, kExcerpt)});
      return;
    }
    const std::size_t first = batch.cells.size();
    batch.cells.resize(first + batch.columns);
    for (auto& [key, value] : object) {
      const auto column = columns_.find(key);
      if (column == columns_.end()) continue;
      texts_.push_back(std::move(value));
      batch.cells[first + column->second] = texts_.back();
    }
    batch.lines.push_back(piece.line);
  }

  OpenBytes open_;
  Head head_;
  std::string name_;
  ReadLimits limits_;
  std::unordered_map<std::string, std::size_t> columns_;
  std::optional<ObjectSplitter> objects_;
  std::deque<std::string> texts_;  // stays in place while it grows: the cells are views of it
  std::optional<Error> fault_;
};

}  // namespace

bool LooksLikeJson(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return false;
  if (text[first] == '{') {
    const std::size_t key = text.find_first_not_of(" \t\r\n", first + 1);
    return key == text.npos || text[key] == '"' || text[key] == '}';
  }
  if (text[first] != '[') return false;
  const std::size_t inner = text.find_first_not_of(" \t\r\n", first + 1);
  return inner != text.npos && text[inner] == '{';
}

Result<std::unique_ptr<RecordReader>> ReadJson(OpenBytes open, Head head, std::string name,
                                               const ReadLimits& limits) {
  BACKCAST_TRY(std::unique_ptr<ByteSource> source, open());
  ObjectSplitter objects(std::move(source), limits.field_bytes);
  std::vector<FlatObject> first;
  std::unordered_map<std::string, std::size_t> columns;
  for (std::size_t seen = 0; seen < kHeaderObjects; ++seen) {
    const auto piece = objects.Next();
    if (!piece.ok() || !piece.value() || !piece.value()->closed) break;  // told when the records are read
    FlatObject object;
    if (!Flatten(piece.value()->text, object)) continue;
    for (const auto& [key, value] : object) {
      if (columns.try_emplace(key, head.header.size()).second) head.header.push_back(key);
    }
    if (head.header.size() > limits.columns) {
      return Error{Code::kInput, name + ":" + std::to_string(piece.value()->line),
                   "the objects have more than " + std::to_string(limits.columns) + " keys",
                   "export fewer columns"};
    }
    first.push_back(std::move(object));
  }
  if (head.header.empty()) {
    return Error{Code::kInput, name, "begins like JSON, but none of its first objects can be read",
                 "check it with a JSON tool"};
  }
  head.separator = '{';
  for (std::size_t i = 0; i < std::min(first.size(), kSampleObjects); ++i) {
    std::vector<std::string> cells(head.header.size());
    for (auto& [key, value] : first[i]) cells[columns[key]] = std::move(value);
    head.sample.push_back(std::move(cells));
  }
  return std::unique_ptr<RecordReader>(
      std::make_unique<JsonReader>(std::move(open), std::move(head), std::move(name), limits));
}

}  // namespace backcast
