// SPDX-License-Identifier: Apache-2.0
// What every command of the desk returns: bytes of the format that was asked for, and whether there are
// findings.
#pragma once

#include <string>

namespace backcast {

enum class Format : unsigned char { kText, kJson, kCsv, kMarkdown };

struct Answer {
  std::string out;          ///< for stdout, complete
  bool findings = false;    ///< exit code 1: done, and there is something to look at
  bool too_little = false;  ///< exit code 6: too little data for the whole question, as the answer says
};

}  // namespace backcast
