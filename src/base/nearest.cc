// SPDX-License-Identifier: Apache-2.0
#include "base/nearest.h"

#include <algorithm>

#include "base/ascii.h"

namespace backcast {
int EditDistance(std::string_view left, std::string_view right) {
  const std::size_t width = right.size() + 1;
  std::vector<int> before(width), above(width), row(width);
  for (std::size_t j = 0; j < width; ++j) above[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j < width; ++j) {
      const bool same = LowerAscii(left[i - 1]) == LowerAscii(right[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && LowerAscii(left[i - 1]) == LowerAscii(right[j - 2]) &&
                           LowerAscii(left[i - 2]) == LowerAscii(right[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[right.size()];
}

std::optional<std::string> Nearest(std::string_view word, std::span<const std::string> known) {
  // Words of hostile length are no typing mistakes, and the distance is quadratic.
  if (word.empty() || word.size() > 80) return std::nullopt;
  const int allowed = word.size() <= 4 ? 1 : word.size() <= 8 ? 2 : 3;
  std::optional<std::string> best;
  int least = allowed + 1;
  for (const std::string& candidate : known) {
    if (candidate.size() > word.size() + 3 || candidate.size() + 3 < word.size()) continue;
    const int distance = EditDistance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

std::string DidYouMean(std::string_view word, std::span<const std::string> known) {
  const std::optional<std::string> nearest = Nearest(word, known);
  return nearest ? "did you mean '" + *nearest + "'?" : "";
}

}  // namespace backcast
