// SPDX-License-Identifier: Apache-2.0
#include "demo/zip.h"

#include <array>

namespace backcast::demo {
namespace {

constexpr std::uint32_t kDate = (46U << 9) | (11U << 5) | 1U;  // 2026-11-01

std::uint32_t Crc(std::string_view bytes) {
  static const std::array<std::uint32_t, 256> table = [] {
    std::array<std::uint32_t, 256> made{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = (value & 1) != 0 ? 0xEDB88320U ^ (value >> 1) : value >> 1;
      made[i] = value;
    }
    return made;
  }();
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) crc = table[(crc ^ static_cast<unsigned char>(c)) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

void Put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// The fields that a local header and a directory entry share, from "version needed" to "extra length".
void PutShared(std::string& out, const DemoFile& entry) {
  const auto size = static_cast<std::uint32_t>(entry.bytes.size());
  Put(out, 20, 2);
  Put(out, 0x0800, 2);  // names are UTF-8
  Put(out, 0, 2);       // stored
  Put(out, 0, 2);       // midnight
  Put(out, kDate, 2);
  Put(out, Crc(entry.bytes), 4);
  Put(out, size, 4);
  Put(out, size, 4);
  Put(out, static_cast<std::uint32_t>(entry.path.size()), 2);
  Put(out, 0, 2);
}

}  // namespace

std::string StoredZip(const DemoFiles& entries) {
  std::string out, directory;
  for (const DemoFile& entry : entries) {
    const auto offset = static_cast<std::uint32_t>(out.size());
    Put(out, 0x04034B50, 4);
    PutShared(out, entry);
    out += entry.path + entry.bytes;
    Put(directory, 0x02014B50, 4);
    Put(directory, 20, 2);
    PutShared(directory, entry);
    Put(directory, 0, 2);  // comment
    Put(directory, 0, 2);  // disk
    Put(directory, 0, 2);  // internal attributes
    Put(directory, 0, 4);  // external attributes
    Put(directory, offset, 4);
    directory += entry.path;
  }
  const auto begin = static_cast<std::uint32_t>(out.size());
  out += directory;
  Put(out, 0x06054B50, 4);
  Put(out, 0, 4);
  Put(out, static_cast<std::uint32_t>(entries.size()), 2);
  Put(out, static_cast<std::uint32_t>(entries.size()), 2);
  Put(out, static_cast<std::uint32_t>(directory.size()), 4);
  Put(out, begin, 4);
  Put(out, 0, 2);
  return out;
}

}  // namespace backcast::demo
