// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4), streaming; names files by content and pseudonymises people (HMAC, RFC 2104).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace backcast {

class Sha256 {
 public:
  Sha256();
  void Add(std::string_view bytes);
  /// The 32-byte digest; the object is used up.
  std::array<std::uint8_t, 32> Digest();
  /// The digest as 64 lower-case hex digits; the object is used up.
  std::string Hex();

 private:
  void Block(const std::uint8_t* block);
  std::array<std::uint32_t, 8> state_;
  std::array<std::uint8_t, 64> pending_{};
  std::size_t pending_size_ = 0;
  std::uint64_t total_ = 0;
};

std::string Sha256Hex(std::string_view bytes);

/// HMAC-SHA-256 of `message` under `key`, 64 hex digits.
std::string HmacHex(std::string_view key, std::string_view message);

}  // namespace backcast
