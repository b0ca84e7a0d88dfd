// SPDX-License-Identifier: Apache-2.0
#include "ingest/forgotten.h"

#include "base/sha256.h"

namespace backcast {

std::string ForgottenMark(std::string_view salt, std::string_view column, std::string_view value) {
  return HmacHex(salt, "forgotten\n" + std::string(column) + "\n" + std::string(value)).substr(0, 32);
}

}  // namespace backcast
