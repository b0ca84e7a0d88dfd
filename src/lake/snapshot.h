// SPDX-License-Identifier: Apache-2.0
// One version of one table: which files hold its rows, what its columns are, who made it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "lake/delta.h"

namespace backcast {

struct Snapshot {
  std::int64_t version = -1;  ///< -1: the table does not exist yet
  CommitNote note;            ///< of this version
  Metadata metadata;
  std::map<std::string, DataFile> files;        ///< by path
  std::map<std::string, std::int64_t> removed;  ///< path -> deletion time, for checkpoints and vacuum

  /// Makes this the next version.
  void Apply(const Actions& actions, std::int64_t next_version);
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace backcast
