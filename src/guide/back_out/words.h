// SPDX-License-Identifier: Apache-2.0
// Small questions about lists of words.
#pragma once

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace backcast {

/// Words without order.
using Words = std::set<std::string, std::less<>>;

inline bool Meet(const std::vector<std::string>& left, const Words& right) {
  return std::any_of(left.begin(), left.end(),
                     [&](const std::string& word) { return right.count(word) > 0; });
}

inline bool Contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// An id as words: "revenue_net" becomes "revenue net".
inline std::string Readable(std::string id) {
  std::replace(id.begin(), id.end(), '_', ' ');
  return id;
}

}  // namespace backcast
