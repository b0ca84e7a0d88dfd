// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/open.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/sha256.h"
#include "ingest/read/archive.h"
#include "ingest/read/csv.h"
#include "ingest/read/encoding.h"
#include "ingest/read/json.h"
#include "ingest/read/layout.h"
#include "ingest/read/workbook.h"

namespace backcast {
namespace {

constexpr std::size_t kHead = 1 << 20;
constexpr std::size_t kSearched = 4 << 20;
constexpr std::size_t kSlack = 64;

using Readers = std::vector<std::unique_ptr<RecordReader>>;

struct Member {
  OpenBytes open;
  std::string name;   ///< for errors: "export.zip/may/posts.csv"
  std::string inner;  ///< for Head::member
};

/// Appends the readers of the tables in one text.
Result<Done> OpenText(Member member, const ReadLimits& limits, Readers& readers) {
  BACKCAST_TRY(std::unique_ptr<ByteSource> raw, member.open());
  Beginning head = ReadUpTo(*raw, kHead);
  raw.reset();
  if (IsGzip(head.bytes)) {
    member.open = [open = member.open, name = member.name, limits]() -> Result<std::unique_ptr<ByteSource>> {
      BACKCAST_TRY(std::unique_ptr<ByteSource> packed, open());
      return OpenGzip(std::move(packed), name, limits);
    };
    BACKCAST_TRY(raw, member.open());
    head = ReadUpTo(*raw, kHead);
    raw.reset();
  }
  if (head.bytes.empty()) {
    if (head.fault) return *head.fault;
    return Error{Code::kInput, member.name, "is empty", ""};
  }
  BACKCAST_TRY(const Encoding encoding, DetectEncoding(head.bytes, head.whole, member.name));
  const OpenBytes open_text = [open = member.open, name = member.name,
                               encoding]() -> Result<std::unique_ptr<ByteSource>> {
    BACKCAST_TRY(std::unique_ptr<ByteSource> bytes, open());
    return DecodeText(std::move(bytes), encoding, name);
  };
  BACKCAST_TRY(const std::unique_ptr<ByteSource> text, open_text());
  Beginning searched = ReadUpTo(*text, kSearched);
  Head about;
  about.member = member.inner;
  about.encoding = encoding.name;
  about.encoding_guessed = encoding.guessed;
  if (LooksLikeJson(searched.bytes)) {
    BACKCAST_TRY(auto reader, ReadJson(open_text, std::move(about), member.name, limits));
    readers.push_back(std::move(reader));
    return Done{};
  }
  const std::size_t size = searched.bytes.size();
  searched.bytes.append(kSlack, '\0');
  const SearchedText beginning{{searched.bytes.data(), size}, searched.whole, false};
  Result<std::vector<TableSpec>> tables = FindTables(beginning, member.name, limits);
  if (!tables.ok()) return searched.fault ? *searched.fault : tables.error();
  for (TableSpec& table : tables.value()) {
    table.head.member = about.member;
    table.head.encoding = about.encoding;
    table.head.encoding_guessed = about.encoding_guessed;
    readers.push_back(ReadTable(open_text, std::move(table), member.name, limits));
  }
  return Done{};
}

/// What people put beside tables into an archive, by name; anything else that is no table is an error.
bool MayBeNoTable(const std::string& name) {
  static constexpr std::array kTables = {".csv",   ".tsv",    ".txt",  ".tab", ".json",
                                         ".jsonl", ".ndjson", ".xlsx", ".gz"};
  const std::string lower = LowerAscii(name);
  if (lower.find("readme") != lower.npos || lower.find("license") != lower.npos) return true;
  return std::none_of(kTables.begin(), kTables.end(), [&](const char* end) { return lower.ends_with(end); });
}

Result<Readers> OpenArchive(const StoredFile& file, const ReadLimits& limits) {
  BACKCAST_TRY(const std::vector<ArchiveMember> members, ListArchive(file, limits));
  if (IsWorkbook(members)) return ReadWorkbook(file, members, limits);
  Readers readers;
  std::optional<Error> first_fault;
  for (const ArchiveMember& each : members) {
    Member member;
    member.inner = each.name;
    member.name = file.name + "/" + each.name;
    member.open = [file, each, limits] { return OpenMember(file, each, limits); };
    const Result<Done> opened = OpenText(std::move(member), limits, readers);
    if (opened.ok()) continue;
    if (!MayBeNoTable(each.name)) return opened.error();
    if (!first_fault) first_fault = opened.error();
  }
  if (!readers.empty()) return readers;
  if (first_fault) return *first_fault;
  return Error{Code::kInput, file.name, "is an empty archive", ""};
}

Result<Readers> Open(const StoredFile& file, const ReadLimits& limits) {
  BACKCAST_TRY(const std::unique_ptr<ByteSource> source, OpenStored(file));
  const Beginning head = ReadUpTo(*source, 8);
  if (head.fault) return *head.fault;
  if (IsZip(head.bytes)) return OpenArchive(file, limits);
  Readers readers;
  Member member{[file] { return OpenStored(file); }, file.name, ""};
  BACKCAST_CHECK(OpenText(std::move(member), limits, readers));
  return readers;
}

}  // namespace

Result<Readers> OpenRecords(const std::string& path, const ReadLimits& limits) {
  return Open({path, nullptr}, limits);
}

Result<Readers> OpenRecordsIn(std::string bytes, const std::string& name, const ReadLimits& limits) {
  return Open({name, std::make_shared<const std::string>(std::move(bytes))}, limits);
}

Result<std::string> HashFile(const std::string& path) {
  BACKCAST_TRY(const std::unique_ptr<ByteSource> source, OpenFile(path));
  Sha256 hash;
  std::vector<char> block(1 << 20);
  for (;;) {
    BACKCAST_TRY(const std::size_t got, source->Read(block.data(), block.size()));
    if (got == 0) return hash.Hex();
    hash.Add({block.data(), got});
  }
}

}  // namespace backcast
