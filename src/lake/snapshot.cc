// SPDX-License-Identifier: Apache-2.0
#include "lake/snapshot.h"

namespace backcast {

void Snapshot::Apply(const Actions& actions, std::int64_t next_version) {
  version = next_version;
  note = actions.note;
  if (actions.metadata) metadata = *actions.metadata;
  for (const auto& [path, deleted] : actions.remove) {
    files.erase(path);
    removed[path] = deleted;
  }
  for (const DataFile& file : actions.add) {
    removed.erase(file.path);
    files[file.path] = file;
  }
}

}  // namespace backcast
