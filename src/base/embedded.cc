// SPDX-License-Identifier: Apache-2.0
#include "base/embedded.h"

#include <cstdint>

namespace {

struct Entry {
  const char* path;
  const char* from;
  std::uint64_t bytes;
};

}  // namespace

extern "C" const Entry backcast_embedded_files[];
extern "C" const std::uint64_t backcast_embedded_count;

namespace backcast {

std::vector<EmbeddedFile> EmbeddedFiles(std::string_view prefix) {
  std::vector<EmbeddedFile> files;
  for (std::uint64_t i = 0; i < backcast_embedded_count; ++i) {
    const Entry& entry = backcast_embedded_files[i];
    if (std::string_view(entry.path).starts_with(prefix))
      files.push_back({entry.path, {entry.from, entry.bytes}});
  }
  return files;
}

std::optional<std::string_view> Embedded(std::string_view path) {
  for (const EmbeddedFile& file : EmbeddedFiles(path)) {
    if (file.path == path) return file.text;
  }
  return std::nullopt;
}

}  // namespace backcast
