// SPDX-License-Identifier: Apache-2.0
// What every command of the desk returns: bytes of the format that was asked for, and whether there are
// findings.
#pragma once

#include <cstdint>
#include <string>

namespace backcast {

enum class Format : unsigned char { kText, kJson, kCsv, kMarkdown };

struct Answer {
  std::string out;        ///< for stdout, complete
  bool findings = false;  ///< exit code 1: done, and there is something to look at
};

/// "1 row", "2 rows".
inline std::string Count(std::int64_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

}  // namespace backcast
