// SPDX-License-Identifier: Apache-2.0
// One file into the lake: recognised, decoded, committed, with a receipt per table. The same content twice is
// told from its hash and changes nothing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/duckdb.h"
#include "facts/schema.h"
#include "ingest/decode.h"
#include "ingest/detect.h"
#include "ingest/mapping.h"
#include "lake/lake.h"

namespace backcast {

struct IngestOptions {
  std::string source;    ///< layout given by the user; empty = recognise
  FileWords words;       ///< account, observed, from, to, year, currency
  bool dry_run = false;  ///< everything but the commit
  std::string shown_as;  ///< the file's name in receipts and in the lake; empty = the path
  std::uint64_t large_from = Waiting{}.large_from;  ///< bytes of a file whose rows do not wait in memory
  std::size_t held_bytes = LoadPlace{}.held_bytes;
  ReadLimits limits;
  std::shared_ptr<const Forgotten> forgotten;  ///< persons whose rows are refused; may be null
};

/// What happened to one table of a file; the fields of `ingest --json`.
struct FileReceipt {
  std::string file;
  std::string table;  ///< sheet or member; empty for a plain file
  std::string sha256;
  std::string source;
  std::string account;
  std::string fact;                ///< the main one
  std::vector<std::string> facts;  ///< all that were filled, the main one first
  std::int64_t rows_read = 0;      ///< = rows_kept + rows_refused
  std::int64_t rows_kept = 0;
  std::int64_t rows_refused = 0;
  std::int64_t rows_unchanged = 0;  ///< of rows_kept, by the main fact
  std::int64_t rows_restated = 0;   ///< of rows_kept, by the main fact
  std::string from, to;             ///< days of the main fact, ISO
  std::vector<std::string> remarks;
  std::map<std::string, double> restated_by;  ///< of the main fact: column -> new - old
  std::vector<Quarantined> refused;           ///< at most kQuarantineLimit
  bool already_loaded = false;                ///< this content is in the lake; nothing was done
};

/// Reads, decodes and commits one file; nothing is committed when any table of it cannot be read to its end.
/// `lake` may be null for a dry run. `salt` is the workspace's, for persons. Errors: kInput (unknown layout,
/// damaged file), kUsage (unknown source, bad option), kUnavailable, kInterrupted.
Result<std::vector<FileReceipt>> IngestFile(const std::string& path, const IngestOptions& options,
                                            const Schemas& schemas, const Sources& sources, DuckDb& engine,
                                            Lake* lake, std::string_view salt,
                                            const IngestProgress& progress = {});

/// What the tables of a file are, without reading them.
Result<std::vector<Detection>> DetectFile(const std::string& path, const Sources& sources,
                                          const ReadLimits& limits = {});

}  // namespace backcast
