// SPDX-License-Identifier: Apache-2.0
// UTF-8 one code point at a time. Total: bytes that are no UTF-8 are read, never trusted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace backcast {

/// What stands for a byte that is no UTF-8.
inline constexpr char32_t kReplacementCharacter = 0xFFFD;

/// Reads one code point at `at` and moves `at` behind it; U+FFFD for a byte that is no UTF-8.
char32_t NextCodePoint(std::string_view text, std::size_t& at);

void AppendUtf8(char32_t code, std::string& text);

}  // namespace backcast
