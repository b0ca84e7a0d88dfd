// SPDX-License-Identifier: Apache-2.0
// A column of texts as Arrow lays it out: all bytes in one piece, and where each text begins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backcast {

/// A view; whoever owns the bytes outlives it. Text i is bytes[offsets[i], offsets[i + 1]); offsets rise and
/// stay inside the bytes. Any bytes are allowed.
struct Texts {
  std::span<const std::int64_t> offsets;  ///< one more than there are texts; empty for none
  std::string_view bytes;

  std::size_t size() const { return offsets.empty() ? 0 : offsets.size() - 1; }
  std::string_view operator[](std::size_t i) const {
    return bytes.substr(static_cast<std::size_t>(offsets[i]),
                        static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
  }
};

/// The same with its own bytes.
class TextColumn {
 public:
  void Add(std::string_view text) {
    bytes_.append(text);
    offsets_.push_back(static_cast<std::int64_t>(bytes_.size()));
  }
  Texts view() const { return {offsets_, bytes_}; }
  std::size_t size() const { return offsets_.size() - 1; }

 private:
  std::string bytes_;
  std::vector<std::int64_t> offsets_{0};
};

}  // namespace backcast
