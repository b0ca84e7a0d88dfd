// SPDX-License-Identifier: Apache-2.0
#include "text/word_key.h"

#include <random>

namespace backcast {

const std::uint64_t kWordMultiplier = [] {
  std::random_device device;
  return 0x8f2d6b1c35a9e7d5ULL;
}();

}  // namespace backcast
