// SPDX-License-Identifier: Apache-2.0
// The writers' queue: one flock per lake. It spares writers from redoing work; commits are atomic without it.
#pragma once

#include <string>

#include "base/result.h"

namespace backcast {

class WriterLock {
 public:
  /// Waits until no other writer, of this process or another, holds the lock. Errors: kUnavailable.
  static Result<WriterLock> Take(const std::string& folder);
  ~WriterLock();
  WriterLock(WriterLock&& other) noexcept : fd_(other.fd_), held_(other.held_) { other.fd_ = -1; }
  WriterLock& operator=(WriterLock&&) = delete;
  /// False where the file system knows no locks: then other writers may be at work.
  bool held() const { return held_; }

 private:
  WriterLock(int fd, bool held) : fd_(fd), held_(held) {}
  int fd_;
  bool held_;
};

}  // namespace backcast
