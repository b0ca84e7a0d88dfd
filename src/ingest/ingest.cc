// SPDX-License-Identifier: Apache-2.0
#include "ingest/ingest.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"
#include "base/sha256.h"
#include "lake/write/slices.h"

namespace backcast {
namespace {

/// A table that was recognised, on its way.
struct Piece {
  std::string sha256;
  std::string member;
  const Mapping* mapping = nullptr;
  Decoded decoded;
};

/// A load is the same only when content and what the user said about it are. Without words it is the file's
/// own hash.
std::string Identity(const std::string& sha256, const IngestOptions& options, std::string_view table) {
  const FileWords& words = options.words;
  const std::string said =
      fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", options.source, words.account, words.observed, words.from,
                  words.to, words.year, words.currency, table);
  return said.find_first_not_of('\n') == std::string::npos ? sha256 : Sha256Hex(sha256 + "\n" + said);
}

FileReceipt Unchanged(const LoadRecord& record, const Sources& sources, const std::string& file) {
  FileReceipt receipt;
  receipt.file = file;
  receipt.sha256 = record.load.sha256;
  receipt.source = record.load.source;
  receipt.account = record.load.account;
  receipt.rows_read = record.load.rows_read;
  receipt.rows_refused = record.load.rows_refused;
  receipt.rows_kept = record.load.rows_read - record.load.rows_refused;
  receipt.rows_unchanged = receipt.rows_kept;
  receipt.from = record.from;
  receipt.to = record.to;
  receipt.already_loaded = true;
  receipt.remarks.push_back("this content was loaded on " + record.loaded_at.substr(0, 10) +
                            "; nothing changes");
  if (const Mapping* mapping = sources.Find(record.load.source)) {
    receipt.fact = mapping->main_fact;
    receipt.facts = {mapping->main_fact};
  }
  return receipt;
}

Result<const Mapping*> FindMapping(const RecordReader& reader, const std::string& path,
                                   const IngestOptions& options, const Sources& sources) {
  if (!options.source.empty()) {
    const Mapping* mapping = sources.Find(options.source);
    if (mapping != nullptr) return mapping;
    std::vector<std::string> known;
    for (const Mapping& each : sources.all()) known.push_back(each.id);
    const std::string near = DidYouMean(options.source, known);
    return Error{Code::kUsage, "", "there is no source '" + options.source + "'",
                 near.empty() ? "see 'sources list'" : near};
  }
  const Detection detection = DetectSource(reader.head(), path, sources);
  if (detection.source.empty()) return UnknownLayout(detection, reader.head(), path);
  return sources.Find(detection.source);
}

FileReceipt ReceiptOf(const Piece& piece, const std::string& file) {
  const Decoded& decoded = piece.decoded;
  FileReceipt receipt;
  receipt.file = file;
  receipt.table = piece.member;
  receipt.sha256 = piece.sha256;
  receipt.source = piece.mapping->id;
  receipt.account = decoded.account;
  receipt.fact = piece.mapping->main_fact;
  receipt.facts = {receipt.fact};
  for (const Staged& staged : decoded.staged) {
    if (staged.fact != receipt.fact) receipt.facts.push_back(staged.fact);
  }
  receipt.rows_read = decoded.rows_read;
  receipt.rows_kept = decoded.rows_kept;
  receipt.rows_refused = decoded.rows_refused;
  receipt.from = decoded.from;
  receipt.to = decoded.to;
  receipt.remarks = decoded.remarks;
  receipt.refused = decoded.quarantined;
  return receipt;
}

void DropStages(const std::vector<Piece>& pieces, DuckDb& engine) {
  for (const Piece& piece : pieces) {
    for (const Staged& staged : piece.decoded.staged) DropStaged(engine, staged);
  }
}

Result<Done> CommitPiece(const Piece& piece, const std::string& identity, DuckDb& engine, Lake& lake,
                         FileReceipt& receipt) {
  Load load;
  load.source = piece.mapping->id;
  load.file = receipt.file + (piece.member.empty() ? "" : "/" + piece.member);
  load.sha256 = identity;
  load.account = receipt.account;
  load.rows_read = receipt.rows_read;
  load.rows_refused = receipt.rows_refused;
  BACKCAST_TRY(const LoadReceipt done,
               lake.Commit(engine, load, piece.decoded.staged, piece.decoded.quarantined));
  for (const Change& change : done.changes) {
    if (change.fact != receipt.fact) continue;
    receipt.rows_unchanged = change.unchanged;
    receipt.rows_restated = change.restated;
    receipt.restated_by = change.restated_by;
    if (change.repeated > 0) {
      receipt.remarks.push_back(fmt::format(
          "{} of {} rows repeat the key of another row of the file; the last one stands", change.repeated,
          change.new_rows + change.unchanged + change.restated + change.repeated));
    }
  }
  return Done{};
}

/// Decodes every table before anything is committed.
Result<Done> DecodeAll(std::vector<std::unique_ptr<RecordReader>>& readers, const std::string& path,
                       const IngestOptions& options, const std::string& sha256, const Schemas& schemas,
                       const Sources& sources, DuckDb& engine, std::string_view salt,
                       const IngestProgress& progress, Waiting waiting, std::vector<Piece>& pieces) {
  std::vector<std::string> unknown;
  std::optional<Error> first_unknown;
  for (std::size_t i = 0; i < readers.size(); ++i) {
    RecordReader& reader = *readers[i];
    auto mapping = FindMapping(reader, path, options, sources);
    if (!mapping.ok() && (readers.size() == 1 || mapping.error().code != Code::kInput))
      return mapping.error();
    if (!mapping.ok()) {
      unknown.push_back(reader.head().member.empty()
                            ? fmt::format("the table at line {}", reader.head().header_line)
                            : reader.head().member);
      if (!first_unknown) first_unknown = mapping.error();
      continue;
    }
    Piece piece{sha256, reader.head().member, mapping.value(), {}};
    const std::string suffix = i == 0 ? "" : fmt::format("_{}", i + 1);
    BACKCAST_TRY(piece.decoded, Decode(reader, *piece.mapping, path, options.words, salt, schemas, engine,
                                       suffix, progress, waiting, options.forgotten.get()));
    pieces.push_back(std::move(piece));
    ++waiting.place.load_id;
  }
  if (pieces.empty() && first_unknown) return *first_unknown;
  for (const std::string& name : unknown)
    pieces.front().decoded.remarks.push_back("not recognised and left out: " + name);
  return Done{};
}

}  // namespace

Result<std::vector<FileReceipt>> IngestFile(const std::string& path, const IngestOptions& options,
                                            const Schemas& schemas, const Sources& sources, DuckDb& engine,
                                            Lake* lake, std::string_view salt,
                                            const IngestProgress& progress) {
  const std::string file = options.shown_as.empty() ? path : options.shown_as;
  BACKCAST_TRY(const std::string sha256, HashFile(path));
  std::vector<FileReceipt> receipts;
  if (lake != nullptr) {
    BACKCAST_TRY(const auto known, lake->FindLoad(Identity(sha256, options, "")));
    if (known) {
      receipts.push_back(Unchanged(*known, sources, file));
      return receipts;
    }
  }
  BACKCAST_TRY(auto readers, OpenRecords(path, options.limits));
  Waiting waiting;
  waiting.large_from = options.large_from;
  if (lake != nullptr && !options.dry_run) {
    BACKCAST_TRY(waiting.place, lake->NextPlace());
    waiting.place.held_bytes = options.held_bytes;
  }
  std::vector<Piece> pieces;
  const auto decoded =
      DecodeAll(readers, path, options, sha256, schemas, sources, engine, salt, progress, waiting, pieces);
  if (!decoded.ok()) {
    DropStages(pieces, engine);
    return decoded.error();
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    FileReceipt receipt = ReceiptOf(pieces[i], file);
    if (!options.dry_run && lake != nullptr) {
      const std::string identity =
          Identity(sha256, options, pieces.size() == 1 ? "" : fmt::format("table {}", i + 1));
      BACKCAST_TRY(const auto known, lake->FindLoad(identity));
      const auto done =
          known ? Result<Done>(Done{}) : CommitPiece(pieces[i], identity, engine, *lake, receipt);
      if (!done.ok()) {
        DropStages(pieces, engine);
        return done.error();
      }
      if (known) receipt = Unchanged(*known, sources, file);
    }
    receipts.push_back(std::move(receipt));
  }
  DropStages(pieces, engine);
  return receipts;
}

Result<std::vector<Detection>> DetectFile(const std::string& path, const Sources& sources,
                                          const ReadLimits& limits) {
  BACKCAST_TRY(auto readers, OpenRecords(path, limits));
  std::vector<Detection> detections;
  for (const auto& reader : readers) detections.push_back(DetectSource(reader->head(), path, sources));
  return detections;
}

}  // namespace backcast
