// rooms: ingest
// seeds: catalogue/sources
// SPDX-License-Identifier: Apache-2.0
// Any bytes, read by the nearest layout that ships, end in counted rows: each is kept or refused with a
// reason, and reading them again gives the same counts.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "ingest/decode.h"
#include "ingest/detect.h"
#include "ingest/read/encoding.h"
#include "ingest/read/open.h"

namespace {

using namespace backcast;

const Schemas& Facts() {
  static const Schemas facts = Schemas::Shipped().value();
  return facts;
}

const Sources& All() {
  static const Sources sources = Sources::Shipped(Facts()).value();
  return sources;
}

DuckDb& Memory() {
  static const std::unique_ptr<DuckDb> engine =
      DuckDb::Open({.threads = 1, .memory = "512MB", .spill = "", .folders = {}}).value();
  return *engine;
}

void Check(const Decoded& decoded) {
  if (decoded.rows_read != decoded.rows_kept + decoded.rows_refused) std::abort();
  for (const Quarantined& row : decoded.quarantined) {
    if (row.reason.empty() || ValidUtf8(row.value) != row.value.size()) std::abort();
  }
  for (const std::string& remark : decoded.remarks) {
    if (remark.empty()) std::abort();
  }
  for (const Staged& staged : decoded.staged) {
    if (!Memory().Do("drop table " + staged.table).ok()) std::abort();
  }
}

/// One road through every table of the file; the sum of rows read, kept and refused.
std::int64_t ReadAll(const std::string& bytes) {
  ReadLimits limits;
  limits.unpacked_bytes = 8 << 20;
  limits.field_bytes = 1 << 20;
  limits.members = 20;
  FileWords words;
  words.account = "account";
  words.observed = words.to = "2026-03-31";
  words.from = "2026-03-01";
  words.year = "2026";
  words.currency = "EUR";
  auto readers = OpenRecordsIn(bytes, "file.csv", limits);
  if (!readers.ok()) return 0;
  std::int64_t rows = 0;
  int number = 0;
  for (const auto& reader : readers.value()) {
    const Detection found = DetectSource(reader->head(), "file.csv", All());
    if (found.source.empty() && UnknownLayout(found, reader->head(), "file.csv").what.empty()) std::abort();
    std::string source = found.source;
    if (source.empty() && !found.alternatives.empty()) source = found.alternatives.front().source;
    if (source.empty()) continue;
    const auto decoded = Decode(*reader, *All().Find(source), "file.csv", words, "salt", Facts(), Memory(),
                                "_" + std::to_string(number++));
    if (!decoded.ok()) {
      if (decoded.error().what.empty() || decoded.error().code == Code::kInternal) std::abort();
      continue;
    }
    Check(decoded.value());
    rows += 3 * decoded.value().rows_kept + decoded.value().rows_refused;
  }
  return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::int64_t rows = ReadAll(bytes);
  if (size % 8 == 0 && ReadAll(bytes) != rows) std::abort();
  return 0;
}
