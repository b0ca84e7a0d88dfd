// SPDX-License-Identifier: Apache-2.0
#include "facts/type_words.h"

#include <algorithm>

namespace backcast {

std::string_view ToWord(Type type) {
  return std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeWord& one) { return one.type == type; })
      ->word;
}

}  // namespace backcast
