// SPDX-License-Identifier: Apache-2.0
#include "ingest/person.h"

#include "base/sha256.h"
#include "ingest/mapping.h"

namespace backcast {

std::string PersonId(std::string_view salt, std::string_view identity) {
  return HmacHex(salt, FoldText(identity)).substr(0, 32);
}

}  // namespace backcast
