// SPDX-License-Identifier: Apache-2.0
// Characters of a formula -> words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backcast {

struct Token {
  enum class Kind : std::uint8_t { kWord, kNumber, kText, kSymbol, kEnd };
  Kind kind = Kind::kEnd;
  std::string text;  ///< the word, the symbol, or the text between the quotes
  double number = 0;
  std::size_t at = 1;  ///< first character, from 1
};

/// All tokens and a kEnd. Errors: kInput, where = "character N".
Result<std::vector<Token>> ReadTokens(std::string_view text);

}  // namespace backcast
