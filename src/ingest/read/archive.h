// SPDX-License-Identifier: Apache-2.0
// The files inside a zip archive, as byte sources. Names are only names: nothing is ever written.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/read/bytes.h"

namespace backcast {

/// A file on disk, or its bytes in memory.
struct StoredFile {
  std::string name;                           ///< for errors; the path when it is on disk
  std::shared_ptr<const std::string> memory;  ///< set: the bytes, `name` is only a name
};

Result<std::unique_ptr<ByteSource>> OpenStored(const StoredFile& file);

struct ArchiveMember {
  std::string name;  ///< valid UTF-8, as stored: may hold "../" and is never used as a path
  std::uint64_t index = 0;
  std::uint64_t size = 0;
};

/// True for the first bytes of a zip archive, also of an empty one.
bool IsZip(std::string_view head);

/// The files of an archive; folders and what operating systems add (__MACOSX, .DS_Store) are left out.
/// Errors: kInput when it is damaged, cut off, encrypted, holds a link, has too many members, or unpacks to
/// far more than its size.
Result<std::vector<ArchiveMember>> ListArchive(const StoredFile& file, const ReadLimits& limits);

/// Unpacks one member while it is read.
Result<std::unique_ptr<ByteSource>> OpenMember(const StoredFile& file, const ArchiveMember& member,
                                               const ReadLimits& limits);

}  // namespace backcast
