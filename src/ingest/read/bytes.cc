// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace backcast {
namespace {

constexpr std::uint64_t kRatioFrom = 64 << 20;

class FileSource : public ByteSource {
 public:
  FileSource(int file, std::uint64_t size, std::string path)
      : file_(file), size_(size), path_(std::move(path)) {}
  ~FileSource() override { ::close(file_); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  Result<std::size_t> Read(char* to, std::size_t room) override {
    for (;;) {
      const ssize_t got = ::read(file_, to, room);
      if (got >= 0) {
        position_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (errno != EINTR)
        return Error{Code::kUnavailable, path_, std::strerror(errno), "check the disk and the file"};
    }
  }
  std::uint64_t position() const override { return position_; }
  std::uint64_t size() const override { return size_; }

 private:
  int file_;
  std::uint64_t position_ = 0;
  std::uint64_t size_;
  std::string path_;
};

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::shared_ptr<const std::string> bytes) : bytes_(std::move(bytes)) {}
  Result<std::size_t> Read(char* to, std::size_t room) override {
    const std::size_t take = std::min(room, bytes_->size() - position_);
    std::copy_n(bytes_->data() + position_, take, to);
    position_ += take;
    return take;
  }
  std::uint64_t position() const override { return position_; }
  std::uint64_t size() const override { return bytes_->size(); }

 private:
  std::shared_ptr<const std::string> bytes_;
  std::size_t position_ = 0;
};

class GzipSource : public ByteSource {
 public:
  GzipSource(std::unique_ptr<ByteSource> packed, std::string name, const ReadLimits& limits)
      : packed_(std::move(packed)), name_(std::move(name)), limits_(limits), input_(256 << 10) {
    ready_ = inflateInit2(&stream_, 15 + 16) == Z_OK;
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  Result<std::size_t> Read(char* to, std::size_t room) override {
    if (!ready_) return Error{Code::kUnavailable, name_, "no memory to unpack it", ""};
    while (!done_) {
      BACKCAST_CHECK(Refill());
      if (stream_.avail_in == 0) {
        if (between_) break;
        return Damaged("breaks off");
      }
      if (between_ && !Begin()) break;
      stream_.next_out = reinterpret_cast<Bytef*>(to);
      stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(room, 1 << 30));
      const uInt offered = stream_.avail_out;
      const int state = inflate(&stream_, Z_NO_FLUSH);
      const std::size_t got = offered - stream_.avail_out;
      if (state == Z_STREAM_END) {
        inflateReset(&stream_);
        between_ = true;
      } else if (state != Z_OK && state != Z_BUF_ERROR) {
        return Damaged("is damaged");
      }
      unpacked_ += got;
      BACKCAST_CHECK(CheckUnpacked(unpacked_, packed_->position(), name_, limits_));
      if (got > 0) return got;
    }
    done_ = true;
    return std::size_t{0};
  }
  std::uint64_t position() const override { return packed_->position(); }
  std::uint64_t size() const override { return packed_->size(); }

 private:
  Result<Done> Refill() {
    if (stream_.avail_in > 0) return Done{};
    BACKCAST_TRY(const std::size_t got, packed_->Read(input_.data(), input_.size()));
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(got);
    return Done{};
  }

  /// Behind a gzip member: another one follows, or padding that gzip itself ignores too.
  bool Begin() {
    if (first_ || *stream_.next_in == 0x1f) {
      first_ = false;
      between_ = false;
      return true;
    }
    return false;
  }

  Error Damaged(const char* how) const {
    return {Code::kInput, name_,
            "the gzip stream " + std::string(how) + " after " + std::to_string(unpacked_) + " unpacked bytes",
            "download or copy the file again"};
  }

  std::unique_ptr<ByteSource> packed_;
  std::string name_;
  ReadLimits limits_;
  std::vector<char> input_;
  z_stream stream_{};
  bool ready_ = false;
  bool first_ = true;
  bool between_ = true;
  bool done_ = false;
  std::uint64_t unpacked_ = 0;
};

class RangeSource : public ByteSource {
 public:
  RangeSource(std::unique_ptr<ByteSource> source, std::uint64_t begin, std::uint64_t end)
      : source_(std::move(source)), skip_(begin), left_(end - begin) {}

  Result<std::size_t> Read(char* to, std::size_t room) override {
    while (skip_ > 0) {
      BACKCAST_TRY(const std::size_t got, source_->Read(to, std::min<std::uint64_t>(room, skip_)));
      if (got == 0) return got;
      skip_ -= got;
    }
    if (left_ == 0) return std::size_t{0};
    BACKCAST_TRY(const std::size_t got, source_->Read(to, std::min<std::uint64_t>(room, left_)));
    left_ -= got;
    return got;
  }
  std::uint64_t position() const override { return source_->position(); }
  std::uint64_t size() const override { return source_->size(); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::uint64_t skip_;
  std::uint64_t left_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> OpenFile(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return Error{Code::kUnavailable, path, std::strerror(errno), "check the path and its rights"};
  struct stat about{};
  if (::fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
    ::close(file);
    const bool folder = S_ISDIR(about.st_mode);
    return Error{Code::kInput, path, folder ? "is a folder, not a file" : "is not a regular file", ""};
  }
  ::posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
  return std::unique_ptr<ByteSource>(
      std::make_unique<FileSource>(file, static_cast<std::uint64_t>(about.st_size), path));
}

std::unique_ptr<ByteSource> OpenMemory(std::shared_ptr<const std::string> bytes) {
  return std::make_unique<MemorySource>(std::move(bytes));
}

std::unique_ptr<ByteSource> OpenGzip(std::unique_ptr<ByteSource> packed, std::string name,
                                     const ReadLimits& limits) {
  return std::make_unique<GzipSource>(std::move(packed), std::move(name), limits);
}

bool IsGzip(std::string_view head) { return head.starts_with("\x1f\x8b\x08"); }

std::unique_ptr<ByteSource> OpenRange(std::unique_ptr<ByteSource> source, std::uint64_t begin,
                                      std::uint64_t end) {
  return std::make_unique<RangeSource>(std::move(source), begin, end);
}

Beginning ReadUpTo(ByteSource& source, std::size_t most) {
  Beginning beginning;
  std::string& bytes = beginning.bytes;
  while (bytes.size() < most && !beginning.whole) {
    const std::size_t have = bytes.size();
    bytes.resize(std::min(most, std::max<std::size_t>(2 * have, 64 << 10)));
    Result<std::size_t> got = source.Read(bytes.data() + have, bytes.size() - have);
    bytes.resize(have + (got.ok() ? got.value() : 0));
    if (!got.ok()) {
      beginning.fault = got.error();
      break;
    }
    beginning.whole = got.value() == 0;
  }
  return beginning;
}

Result<Done> CheckUnpacked(std::uint64_t unpacked, std::uint64_t packed, const std::string& name,
                           const ReadLimits& limits) {
  if (unpacked > limits.unpacked_bytes) {
    return Error{Code::kInput, name,
                 "unpacks to more than " + std::to_string(limits.unpacked_bytes) + " bytes",
                 "unpack it yourself and split it"};
  }
  const std::uint64_t ratio = static_cast<std::uint64_t>(limits.unpacked_ratio);
  if (unpacked > kRatioFrom && unpacked / ratio > packed) {
    return Error{Code::kInput, name,
                 "unpacks to more than " + std::to_string(ratio) +
                     " times its size, as archives do that are made to do harm",
                 "if you trust it, unpack it yourself"};
  }
  return Done{};
}

}  // namespace backcast
