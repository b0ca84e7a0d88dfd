// SPDX-License-Identifier: Apache-2.0
// Suggestions for a word that was not found.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backcast {

/// Number of single-character insertions, deletions, substitutions and swaps of neighbours between two words
/// (optimal string alignment), ASCII case ignored.
int EditDistance(std::string_view left, std::string_view right);

/// The known word nearest to `word` when it is near enough to be a typing mistake; nothing otherwise.
std::optional<std::string> Nearest(std::string_view word, std::span<const std::string> known);

/// "did you mean 'reach'?" or an empty string.
std::string DidYouMean(std::string_view word, std::span<const std::string> known);

}  // namespace backcast
