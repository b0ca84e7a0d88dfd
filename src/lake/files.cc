// SPDX-License-Identifier: Apache-2.0
#include "lake/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <random>

namespace backcast {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string ParentOf(const std::string& path) { return std::filesystem::path(path).parent_path().string(); }

Result<std::string> WriteHidden(const std::string& path, std::string_view text) {
  const std::string hidden = ParentOf(path) + "/." + UniqueName() + ".tmp";
  const Descriptor file(::open(hidden.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (file.get() < 0) return FileError("write", hidden);
  while (!text.empty()) {
    const ssize_t written = ::write(file.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const Error error = FileError("write", hidden);
      ::unlink(hidden.c_str());
      return error;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.get()) != 0) return FileError("write", hidden);
  return hidden;
}

}  // namespace

std::string UniqueName() {
  static std::atomic<std::uint64_t> count{0};
  thread_local std::mt19937_64 random{std::random_device{}()};
  const auto now = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
  // Time makes names sort by age; the random half and the process keep two writers apart.
  const std::array<std::uint64_t, 2> parts = {
      now, random() ^ (static_cast<std::uint64_t>(::getpid()) << 32) ^ count.fetch_add(1)};
  std::string name;
  for (const int shift : {56, 48, 40, 32, 24, 16, 8, 0}) {
    constexpr char kHex[] = "0123456789abcdef";
    name += kHex[(parts[0] >> (shift + 4)) & 15];
    name += kHex[(parts[0] >> shift) & 15];
  }
  for (int digit = 0; digit < 8; ++digit) name += "0123456789abcdef"[(parts[1] >> (digit * 4)) & 15];
  return name;
}

Error FileError(std::string_view doing, const std::string& path) {
  const int reason = errno;
  return {Code::kUnavailable, path, "cannot " + std::string(doing) + ": " + std::strerror(reason),
          reason == ENOSPC ? "free some space on the disk" : "check the disk and the folder's permissions"};
}

Result<std::string> ReadWhole(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return FileError("read", path);
  std::string text;
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError("read", path);
    if (got == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

Result<Done> Flush(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0 || ::fsync(file.get()) != 0) return FileError("write", path);
  return Done{};
}

Result<Done> MakeFolder(const std::string& folder) {
  std::error_code failed;
  if (std::filesystem::is_directory(folder, failed)) return Done{};
  const std::string parent = ParentOf(folder);
  if (!parent.empty() && parent != folder) BACKCAST_CHECK(MakeFolder(parent));
  if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) return FileError("make the folder", folder);
  return Flush(parent.empty() ? "." : parent);
}

Result<Done> Rename(const std::string& hidden, const std::string& final_name) {
  BACKCAST_CHECK(Flush(hidden));
  if (::rename(hidden.c_str(), final_name.c_str()) != 0) return FileError("write", final_name);
  return Done{};
}

Result<Done> Link(const std::string& hidden, const std::string& final_name) {
  BACKCAST_CHECK(Flush(hidden));
  if (::link(hidden.c_str(), final_name.c_str()) != 0) return FileError("write", final_name);
  return Done{};
}

Result<Done> Settle(const std::string& hidden, const std::string& final_name) {
  BACKCAST_CHECK(Rename(hidden, final_name));
  return Flush(ParentOf(final_name));
}

Result<bool> CreateOnce(const std::string& path, std::string_view text) {
  BACKCAST_TRY(const std::string hidden, WriteHidden(path, text));
  const int linked = ::link(hidden.c_str(), path.c_str());
  const bool taken = linked != 0 && errno == EEXIST;
  if (linked != 0 && !taken) {
    const Error error = FileError("write", path);
    ::unlink(hidden.c_str());
    return error;
  }
  ::unlink(hidden.c_str());
  if (taken) return false;
  BACKCAST_CHECK(Flush(ParentOf(path)));
  return true;
}

Result<Done> Replace(const std::string& path, std::string_view text) {
  BACKCAST_TRY(const std::string hidden, WriteHidden(path, text));
  return Settle(hidden, path);
}

HiddenFolder::~HiddenFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace backcast
