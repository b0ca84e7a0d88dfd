// SPDX-License-Identifier: Apache-2.0
// The data that ships inside the program: everything under catalogue/, by its path relative to that folder.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace backcast {

struct EmbeddedFile {
  std::string_view path;  ///< "metrics/content.yaml"
  std::string_view text;
};

/// All files whose path begins with `prefix`, ordered by path.
std::vector<EmbeddedFile> EmbeddedFiles(std::string_view prefix);

/// One file's text, or nothing when there is none of that path.
std::optional<std::string_view> Embedded(std::string_view path);

}  // namespace backcast
