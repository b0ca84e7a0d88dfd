// SPDX-License-Identifier: Apache-2.0
// How a token is spelled where words are compared.
#pragma once

#include <string>
#include <string_view>

#include "text/tokens.h"

namespace backcast {

/// Appends the token's key: words in lower case, hashtags also without their sign, emoji without skin tone,
/// the rest as written.
void AppendFolded(const TextToken& token, std::string_view written, std::string& key);

}  // namespace backcast
