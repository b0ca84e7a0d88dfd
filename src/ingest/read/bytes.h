// SPDX-License-Identifier: Apache-2.0
// Where bytes come from: a file, memory, a gzip stream around another source. All stream in bounded memory.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ingest/records.h"

namespace backcast {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Writes between 1 and `room` (> 0) bytes; 0 is the end, and stays the end. After an error nothing more
  /// comes.
  virtual Result<std::size_t> Read(char* to, std::size_t room) = 0;
  /// Bytes of the stored file or member taken so far, and in all (0 while unknown).
  virtual std::uint64_t position() const = 0;
  virtual std::uint64_t size() const = 0;
};

/// Opens the same bytes again, from their beginning.
using OpenBytes = std::function<Result<std::unique_ptr<ByteSource>>()>;

/// Errors: kUnavailable (cannot be read), kInput (a folder, a device).
Result<std::unique_ptr<ByteSource>> OpenFile(const std::string& path);

std::unique_ptr<ByteSource> OpenMemory(std::shared_ptr<const std::string> bytes);

/// Unpacks the gzip members of `packed`. `name` goes into errors: kInput for a stream that breaks off, is
/// damaged, or unpacks to more than `limits` allows.
std::unique_ptr<ByteSource> OpenGzip(std::unique_ptr<ByteSource> packed, std::string name,
                                     const ReadLimits& limits);

/// True for the first bytes of a gzip stream.
bool IsGzip(std::string_view head);

/// Bytes [begin, end) of another source.
std::unique_ptr<ByteSource> OpenRange(std::unique_ptr<ByteSource> source, std::uint64_t begin,
                                      std::uint64_t end);

/// The beginning of a source, and why there is no more of it when that is not its end.
struct Beginning {
  std::string bytes;
  bool whole = false;          ///< the source ended within
  std::optional<Error> fault;  ///< the source failed behind `bytes`
};

/// Reads until `most` bytes are there, or the source ends or fails.
Beginning ReadUpTo(ByteSource& source, std::size_t most);

/// Refuses what unpacks to far more than its stored size; `unpacked` and `packed` are counts so far.
Result<Done> CheckUnpacked(std::uint64_t unpacked, std::uint64_t packed, const std::string& name,
                           const ReadLimits& limits);

}  // namespace backcast
