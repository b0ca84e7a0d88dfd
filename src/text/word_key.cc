// SPDX-License-Identifier: Apache-2.0
#include "text/word_key.h"

#include <random>

namespace backcast {

const std::uint64_t kWordMultiplier = [] {
  std::random_device device;
  return (std::uint64_t{device()} << 32U) | device() | 1U;
}();

}  // namespace backcast
