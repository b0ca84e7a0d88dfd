// SPDX-License-Identifier: Apache-2.0
// The commands ingest and sources: exports into the lake, and what a file is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/answer.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

struct IngestCommand {
  std::vector<std::string> paths;  ///< files, folders (read whole, hidden files left out), or "-" for stdin
  std::string source, account, currency;
  std::optional<int> year;
  std::string from, to;  ///< ISO days of a file that has none, both in
  std::string observed;  ///< ISO day
  bool dry_run = false;
  bool strict = false;  ///< refused rows are findings
  std::string rejects;  ///< CSV for refused rows
  Format format = Format::kText;
};

/// Every file is tried; one that cannot be used is reported and the others are still read. The answer is an
/// Error only when nothing could be read at all; otherwise unusable files make `findings`. Errors: kInput,
/// kUnavailable, kInterrupted.
Result<Answer> Ingest(Workspace& workspace, const IngestCommand& command, Talk& talk);

Result<Answer> ListSources(const Workspace& workspace, Format format);
Result<Answer> ShowSource(const Workspace& workspace, const std::string& id, Format format);
/// Error: kInput with the nearest layouts when the file is of no known layout.
Result<Answer> DescribeFile(const Workspace& workspace, const std::string& path, Format format);

}  // namespace backcast
