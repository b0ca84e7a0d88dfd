// SPDX-License-Identifier: Apache-2.0
// Files that survive a crash: what is named here is on the disk before the function returns.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace backcast {

/// 24 hex digits that no other process has: names of files that are written once.
std::string UniqueName();

/// "cannot write FILE: reason" with the reason of errno.
Error FileError(std::string_view doing, const std::string& path);

Result<std::string> ReadWhole(const std::string& path);

/// Makes `folder` and its parents; the new names are durable.
Result<Done> MakeFolder(const std::string& folder);

/// Flushes the bytes of a file, or the names in a folder, to the disk.
Result<Done> Flush(const std::string& path);

/// Renames a finished file to its final name; its bytes are durable, the name is after Flush() of the folder.
Result<Done> Rename(const std::string& hidden, const std::string& final_name);

/// Gives a finished file a second name; its bytes are durable, the name is after Flush() of the folder.
Result<Done> Link(const std::string& hidden, const std::string& final_name);

/// Rename and Flush of the folder.
Result<Done> Settle(const std::string& hidden, const std::string& final_name);

/// Creates `path` with `text` in one step: false when the name is taken, and then nothing has changed.
/// The file is complete and durable when it becomes visible, so that kill -9 leaves all of it or nothing.
Result<bool> CreateOnce(const std::string& path, std::string_view text);

/// Writes `path` anew in one step (for hints like _last_checkpoint, where the last writer wins).
Result<Done> Replace(const std::string& path, std::string_view text);

/// A folder that goes with its owner.
class HiddenFolder {
 public:
  explicit HiddenFolder(std::string path) : path_(std::move(path)) {}
  ~HiddenFolder();
  HiddenFolder(const HiddenFolder&) = delete;
  HiddenFolder& operator=(const HiddenFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace backcast
