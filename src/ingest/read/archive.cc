// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/archive.h"

#include <zip.h>

#include "ingest/read/encoding.h"

namespace backcast {
namespace {

struct CloseZip {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseZipFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;
using ZipFile = std::unique_ptr<zip_file_t, CloseZipFile>;

Error Damaged(const std::string& name, const std::string& why) {
  return {Code::kInput, name, "the zip archive is damaged or cut off (" + why + ")",
          "download or copy the file again"};
}

Result<Zip> OpenZip(const StoredFile& file) {
  zip_error_t fault;
  zip_error_init(&fault);
  zip_source_t* source = file.memory
                             ? zip_source_buffer_create(file.memory->data(), file.memory->size(), 0, &fault)
                             : zip_source_file_create(file.name.c_str(), 0, -1, &fault);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &fault);
  const std::string why = zip_error_strerror(&fault);
  zip_error_fini(&fault);
  if (archive != nullptr) return Zip(archive);
  if (source != nullptr) zip_source_free(source);
  return Damaged(file.name, why);
}

bool IsLink(zip_t* archive, std::uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return false;
  return system == ZIP_OPSYS_UNIX && (attributes >> 16 & 0170000) == 0120000;
}

bool IsClutter(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  const std::string_view base = slash == name.npos ? name : name.substr(slash + 1);
  return base.empty() || name.starts_with("__MACOSX/") || base == ".DS_Store" || base == "Thumbs.db" ||
         base == "desktop.ini" || base.starts_with("._");
}

class MemberSource : public ByteSource {
 public:
  MemberSource(Zip archive, ZipFile file, std::string name, std::uint64_t packed, std::uint64_t size,
               const ReadLimits& limits)
      : archive_(std::move(archive)),
        file_(std::move(file)),
        name_(std::move(name)),
        packed_(packed),
        size_(size),
        limits_(limits) {}

  Result<std::size_t> Read(char* to, std::size_t room) override {
    const zip_int64_t got = zip_fread(file_.get(), to, room);
    if (got < 0) {
      return Error{Code::kInput, name_,
                   "the zip member is damaged after " + std::to_string(unpacked_) + " unpacked bytes (" +
                       zip_file_strerror(file_.get()) + ")",
                   "download or copy the file again"};
    }
    unpacked_ += static_cast<std::uint64_t>(got);
    BACKCAST_CHECK(CheckUnpacked(unpacked_, packed_, name_, limits_));
    return static_cast<std::size_t>(got);
  }
  std::uint64_t position() const override { return unpacked_; }
  std::uint64_t size() const override { return size_; }

 private:
  Zip archive_;
  ZipFile file_;
  std::string name_;
  std::uint64_t packed_;
  std::uint64_t size_;
  ReadLimits limits_;
  std::uint64_t unpacked_ = 0;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> OpenStored(const StoredFile& file) {
  if (file.memory) return OpenMemory(file.memory);
  return OpenFile(file.name);
}

bool IsZip(std::string_view head) {
  return head.starts_with(std::string_view("PK\3\4", 4)) || head.starts_with(std::string_view("PK\5\6", 4));
}

Result<std::vector<ArchiveMember>> ListArchive(const StoredFile& file, const ReadLimits& limits) {
  BACKCAST_TRY(const Zip archive, OpenZip(file));
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count > limits.members) {
    return Error{Code::kInput, file.name,
                 "holds " + std::to_string(count) + " files, more than the " +
                     std::to_string(limits.members) + " that are read from one archive",
                 "unpack it yourself"};
  }
  std::vector<ArchiveMember> members;
  std::uint64_t unpacked = 0, packed = 0;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t about;
    if (zip_stat_index(archive.get(), i, 0, &about) != 0 || (about.valid & ZIP_STAT_NAME) == 0)
      return Damaged(file.name, "a member cannot be read");
    const std::string name = Excerpt(about.name, 1024);
    if (IsClutter(name)) continue;
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) {
      return Error{Code::kInput, file.name + "/" + name, "is encrypted", "unpack it with its password first"};
    }
    if (IsLink(archive.get(), i))
      return Error{Code::kInput, file.name + "/" + name, "is a link, not a file", ""};
    unpacked += about.size;
    packed += about.comp_size;
    if (about.size > limits.unpacked_bytes || unpacked < about.size) {
      BACKCAST_CHECK(CheckUnpacked(~std::uint64_t{0}, packed, file.name, limits));
    }
    BACKCAST_CHECK(CheckUnpacked(about.size, about.comp_size, file.name + "/" + name, limits));
    members.push_back({name, i, about.size});
  }
  // Members that share their packed bytes show in the sum.
  BACKCAST_TRY(const std::unique_ptr<ByteSource> stored, OpenStored(file));
  BACKCAST_CHECK(CheckUnpacked(unpacked, stored->size(), file.name, limits));
  return members;
}

Result<std::unique_ptr<ByteSource>> OpenMember(const StoredFile& file, const ArchiveMember& member,
                                               const ReadLimits& limits) {
  BACKCAST_TRY(Zip archive, OpenZip(file));
  const std::string name = file.name + "/" + member.name;
  zip_stat_t about;
  if (zip_stat_index(archive.get(), member.index, 0, &about) != 0)
    return Damaged(name, "the member cannot be read");
  ZipFile opened(zip_fopen_index(archive.get(), member.index, 0));
  if (!opened) return Damaged(name, zip_strerror(archive.get()));
  return std::unique_ptr<ByteSource>(std::make_unique<MemberSource>(
      std::move(archive), std::move(opened), name, about.comp_size, about.size, limits));
}

}  // namespace backcast
