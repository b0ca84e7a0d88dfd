// SPDX-License-Identifier: Apache-2.0
// Small letters of ASCII, whatever the locale; all other bytes stay, so that UTF-8 stays UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace backcast {

constexpr char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = LowerAscii(c);
  return lower;
}

}  // namespace backcast
