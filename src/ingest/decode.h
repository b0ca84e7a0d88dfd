// SPDX-License-Identifier: Apache-2.0
// One table of a file into staging tables of the engine, or slices when it is large: streaming, in bounded
// memory, nothing committed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/duckdb.h"
#include "facts/schema.h"
#include "ingest/binding.h"
#include "ingest/forgotten.h"
#include "ingest/mapping.h"
#include "ingest/records.h"
#include "lake/lake.h"

namespace backcast {

/// What the user says about a file; every part may be empty. Days are ISO.
struct FileWords {
  std::string account;
  std::string observed;  ///< the day the counters were read
  std::string from, to;  ///< the period of a file without days; both days in
  std::string year;      ///< of dates that have none
  std::string currency;  ///< ISO code of amounts whose currency the file does not say
};

/// Called now and then with the bytes read and the bytes in all (0 while unknown); false stops with
/// kInterrupted.
using IngestProgress = std::function<bool(std::uint64_t, std::uint64_t)>;

struct Decoded {
  std::vector<Staged> staged;  ///< one per fact that got rows; stage_<fact><suffix> in the engine
  std::vector<Quarantined> quarantined;
  std::int64_t rows_read = 0;  ///< = kept + refused; total rows and rows left out by a rule are not rows
  std::int64_t rows_kept = 0;
  std::int64_t rows_refused = 0;
  std::string account;   ///< given, or the only one in the file
  std::string from, to;  ///< first and last day of the main fact's rows, ISO; empty when there are none
  std::vector<std::string> remarks;  ///< sentences
};

/// Where the rows of a large file wait.
struct Waiting {
  LoadPlace place;  ///< without a folder all rows wait in the engine's memory
  std::uint64_t large_from = std::uint64_t{8} << 20;  ///< bytes of a file whose rows wait in the place
};

/// At most this many refused rows are kept word for word; all are counted.
inline constexpr std::size_t kQuarantineLimit = 100'000;

/// Reads all of `reader` by `mapping`. `path` is the file as the user named it, `suffix` keeps several tables
/// of one file apart, rows of `forgotten` persons are refused. Errors: kInput (damaged file, no day to be
/// found), kUsage (a bad option), kInterrupted, kUnavailable.
Result<Decoded> Decode(RecordReader& reader, const Mapping& mapping, std::string_view path,
                       const FileWords& words, std::string_view salt, const Schemas& schemas, DuckDb& engine,
                       std::string_view suffix = "", const IngestProgress& progress = {},
                       const Waiting& waiting = {}, const Forgotten* forgotten = nullptr);

}  // namespace backcast
