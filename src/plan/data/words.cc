// SPDX-License-Identifier: Apache-2.0
#include "plan/data/words.h"

#include "plan/number_words.h"
#include "plan/rulebook.h"

namespace backcast {

std::string Listed(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  std::string list;
  for (std::size_t i = 0; i < names.size() && i < kShown; ++i) {
    const bool last = i + 1 == names.size();
    if (i > 0) list += last ? " and " : ", ";
    list += Shortened(names[i]);
  }
  if (names.size() > kShown) list += " and " + std::to_string(names.size() - kShown) + " more";
  return list;
}

std::string ShareWords(double share) {
  if (share > 0 && share < 0.005) return "less than 1 %";
  if (share >= 0.995 && share < 1) return "more than 99 %";
  return NumberWords(100 * share, 0) + " %";
}

}  // namespace backcast
